/** jsdom comes with Observable Framework and ships no types: what the tests use of it. */
declare module "jsdom" {
  export class JSDOM {
    constructor(html?: string);
    readonly window: Window & typeof globalThis;
  }
}
