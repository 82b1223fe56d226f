import {readFileSync} from "node:fs";

// Variable fonts, Latin only; named by URLs, so that a new version of a package makes a new stylesheet.
const faces = [
  {
    family: "Inter",
    style: "normal",
    file: new URL("../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", import.meta.url)
  },
  {
    family: "Source Serif 4",
    style: "normal",
    file: new URL(
      "../../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
      import.meta.url
    )
  },
  {
    family: "Source Serif 4",
    style: "italic",
    file: new URL(
      "../../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2",
      import.meta.url
    )
  }
];

/** The report's fonts as a stylesheet that holds them, so that a reader's browser asks nobody else for them. */
export default function fonts(): string {
  return faces
    .map(({family, style, file}) => {
      const data = readFileSync(file).toString("base64");
      return (
        `@font-face{font-family:"${family}";font-style:${style};font-weight:200 ` +
        `900;font-display:swap;src:url(data:font/woff2;base64,${data}) format("woff2")}`
      );
    })
    .join("\n");
}
