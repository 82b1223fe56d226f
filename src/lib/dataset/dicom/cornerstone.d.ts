/** The decoders of Cornerstone's WebAssembly builds, as far as they are used. */
declare module "@cornerstonejs/codec-*/decodewasmjs" {
  export interface Decoder {
    /** A place for so many compressed bytes in WebAssembly's memory. */
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    /** Valid until the decoder is deleted. */
    getDecodedBuffer(): Uint8Array;
    getFrameInfo(): {width: number; height: number; bitsPerSample: number; componentCount: number};
    /** Of JPEG-LS: 0 where each channel stands by itself. */
    getInterleaveMode?(): number;
    delete(): void;
  }

  type Codecs = Record<"J2KDecoder" | "JpegLSDecoder" | "JPEGDecoder", new () => Decoder>;

  const start: (options: {print(line: string): void; printErr(line: string): void}) => Promise<Codecs>;
  export default start;
}
