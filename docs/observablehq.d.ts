/** The modules that Observable Framework provides to pages and components; it ships no types of its own. */

declare module "observablehq:stdlib" {
  /** A file under `docs` or the output of a loader. */
  export interface FileAttachment {
    readonly name: string;
    readonly mimeType: string;
    readonly href: string;
    /** Milliseconds since 1970. */
    readonly lastModified: number;
    /** Bytes. */
    readonly size: number;
    url(): Promise<string>;
    text(encoding?: string): Promise<string>;
    json<T = unknown>(): Promise<T>;
    csv<T = Record<string, string>>(options?: {typed?: boolean; array?: boolean}): Promise<T[]>;
    blob(): Promise<Blob>;
    arrayBuffer(): Promise<ArrayBuffer>;
    stream(): Promise<ReadableStream<Uint8Array>>;
    image(properties?: Partial<HTMLImageElement>): Promise<HTMLImageElement>;
  }
  /** The name is relative to the page or module, and a literal: Framework reads it when it builds. */
  export function FileAttachment(name: string): FileAttachment;

  export const Generators: {
    /** The values of an input, beginning with the present one. */
    input<T>(element: Element & {value: T}): AsyncGenerator<T>;
    observe<T>(initialize: (notify: (value: T) => void) => (() => void) | void): AsyncGenerator<T>;
    queue<T>(initialize: (notify: (value: T) => void) => (() => void) | void): AsyncGenerator<T>;
    width(element: Element): AsyncGenerator<number>;
    /** Whether the theme is dark. */
    dark(): AsyncGenerator<boolean>;
    now(): AsyncGenerator<number>;
  };

  /** A generator whose value can be set from outside. */
  export function Mutable<T>(value?: T): AsyncGenerator<T> & {value: T};

  /** An element that draws itself anew when its width (or, with a second parameter, its height) changes. */
  export function resize(
    render: (width: number, height: number) => Node | null | Promise<Node | null>,
    invalidation?: Promise<unknown>
  ): HTMLDivElement;
}
