/** Yields whether an element has come into view: false, and then true for good. What waits for it loads on demand. */
export async function* seen(element: Element): AsyncGenerator<boolean> {
  yield false;
  await new Promise<void>((resolve) => {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({isIntersecting}) => isIntersecting)) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(element);
  });
  yield true;
}
