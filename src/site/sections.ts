/** What a page needs of markdown-it, Framework's parser, which has no types here. */
interface Markdown {
  core: {ruler: {before(rule: string, name: string, transform: (state: {src: string}) => void): void}};
}

/**
 * A line by itself: what follows, up to the next such line, is for the dataset of that name, for all but COVIDx, or for
 * all.
 */
const marker = /^<!-- for (.*) -->$/;
const audiences = ["covidx", "others", "all"];

/**
 * A page as readers of one dataset get it. Words that hold for one dataset only stand between markers, such as
 * `<!-- for covidx -->` and `<!-- for all -->`, between paragraphs or within one. Throws for a marker of an unknown
 * name.
 */
export function sectionsFor(source: string, dataset: string): string {
  let shown = true;
  return source
    .split("\n")
    .filter((line) => {
      const audience = marker.exec(line)?.[1];
      if (audience === undefined) return shown;
      if (!audiences.includes(audience)) {
        throw new Error(`"${line}" is for nobody: name one of ${audiences.join(", ")}.`);
      }
      shown = audience === "all" || (audience === "covidx") === (dataset === "covidx");
      return false;
    })
    .join("\n");
}

/** Makes Framework's parser leave out what is not for a dataset. */
export const forDataset =
  (dataset: string) =>
  <M extends Markdown>(md: M): M => {
    md.core.ruler.before("normalize", "sections", (state) => {
      state.src = sectionsFor(state.src, dataset);
    });
    return md;
  };
