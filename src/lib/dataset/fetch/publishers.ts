import type {GitSource} from "./git-tree.js";

/** Where the parts of COVIDx are published. Tests put their own in place. */
export interface Publishers {
  /** GitHub's host for file contents, and its API. */
  raw: string;
  api: string;
  /** The 2020 study's lists, COVIDx's first version. */
  lists: GitSource & {folder: string};
  /** Cohen et al. 2020: COVID-19 and other pneumonia in adults. The first commit that has a file is used. */
  cohen: {repository: string; commits: string[]};
  /** Kermany et al. 2018: children's radiographs, one archive. */
  kermany: {url: string; page: string; images: number};
  /** Free disk space that fetching takes, in bytes. */
  space: number;
}

export const publishers: Publishers = {
  raw: "https://raw.githubusercontent.com",
  api: "https://api.github.com",
  lists: {
    repository: "manujosephv/covid-xray-imagenet",
    commit: "2aee9b58d8222373e1704494b557edf66836ee0e",
    folder: "dataset_covid"
  },
  cohen: {
    repository: "ieee8023/covid-chestxray-dataset",
    commits: ["386e467855284944229290418a59871a55329442", "42746c20ab99694b7f1c93e93089642bfb2ec6e0"]
  },
  kermany: {
    url: "https://data.mendeley.com/public-files/datasets/rscbjbr9sj/files/f12eaf6d-6023-432f-acc9-80c9d7393433/file_downloaded",
    page: "https://data.mendeley.com/datasets/rscbjbr9sj/2",
    images: 5856
  },
  space: 3e9
};
