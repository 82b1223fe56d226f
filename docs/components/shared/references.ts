/** A work that the report, its code or its data cite. */
export interface Work {
  /** First author and year; its anchor in the bibliography. */
  id: string;
  /** Family names; "others" stands for those that are left out. */
  authors: readonly string[];
  year: number;
  /** Tells works of the same authors and year apart: "a", "b". */
  letter?: string;
  title: string;
  venue: string;
  doi?: string;
  /** Where it can be read, for works without a DOI. */
  url?: string;
  /** Whether only what is said of COVIDx cites it. */
  covidx?: true;
}

const arxiv = (id: string) => `10.48550/arXiv.${id}`;

/** Every work that is cited, by first author and year. */

export const references: readonly Work[] = [
  {
    id: "abadi-2016",
    authors: ["Abadi", "Barham", "Chen", "others"],
    year: 2016,
    title: "TensorFlow: A system for large-scale machine learning",
    venue: "OSDI",
    doi: arxiv("1605.08695")
  },
  {
    id: "adebayo-2018",
    authors: ["Adebayo", "Gilmer", "Muelly", "Goodfellow", "Hardt", "Kim"],
    year: 2018,
    title: "Sanity checks for saliency maps",
    venue: "NeurIPS",
    doi: arxiv("1810.03292")
  },
  {
    id: "alain-2016",
    authors: ["Alain", "Bengio"],
    year: 2016,
    title: "Understanding intermediate layers using linear classifier probes",
    venue: "arXiv",
    doi: arxiv("1610.01644")
  },
  {
    id: "barnes-1986",
    authors: ["Barnes", "Hut"],
    year: 1986,
    title: "A hierarchical O(N log N) force-calculation algorithm",
    venue: "Nature 324",
    doi: "10.1038/324446a0"
  },
  {
    id: "bei-1985",
    authors: ["Bei", "Gray"],
    year: 1985,
    title: "An improvement of the minimum distortion encoding algorithm for vector quantization",
    venue: "IEEE Transactions on Communications 33",
    doi: "10.1109/TCOM.1985.1096214"
  },
  {
    id: "belkina-2019",
    authors: ["Belkina", "Ciccolella", "Anno", "Halpert", "Spidlen", "Snyder-Cappione"],
    year: 2019,
    title:
      "Automated optimized parameters for t-distributed stochastic neighbor embedding improve " +
      "visualization and analysis of large datasets",
    venue: "Nature Communications 10",
    doi: "10.1038/s41467-019-13055-y"
  },
  {
    id: "boucher-2023",
    authors: ["Boucher", "Anderson"],
    year: 2023,
    title: "Trojan Source: Invisible vulnerabilities",
    venue: "USENIX Security",
    doi: arxiv("2111.00169")
  },
  {
    id: "box-1958",
    authors: ["Box", "Muller"],
    year: 1958,
    title: "A note on the generation of random normal deviates",
    venue: "Annals of Mathematical Statistics 29",
    doi: "10.1214/aoms/1177706645"
  },
  {
    id: "brier-1950",
    authors: ["Brier"],
    year: 1950,
    title: "Verification of forecasts expressed in terms of probability",
    venue: "Monthly Weather Review 78",
    doi: "10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2"
  },
  {
    id: "caruana-2004",
    authors: ["Caruana", "Niculescu-Mizil", "Crew", "Ksikes"],
    year: 2004,
    title: "Ensemble selection from libraries of models",
    venue: "ICML",
    doi: "10.1145/1015330.1015432"
  },
  {
    id: "chattopadhyay-2018",
    authors: ["Chattopadhyay", "Sarkar", "Howlader", "Balasubramanian"],
    year: 2018,
    title: "Grad-CAM++: Improved visual explanations for deep convolutional networks",
    venue: "WACV",
    doi: arxiv("1710.11063")
  },
  {
    id: "chollet-2017",
    authors: ["Chollet"],
    year: 2017,
    title: "Xception: Deep learning with depthwise separable convolutions",
    venue: "CVPR",
    doi: arxiv("1610.02357")
  },
  {
    id: "clopper-1934",
    authors: ["Clopper", "Pearson"],
    year: 1934,
    title: "The use of confidence or fiducial limits illustrated in the case of the binomial",
    venue: "Biometrika 26",
    doi: "10.1093/biomet/26.4.404"
  },
  {
    id: "cohen-1960",
    authors: ["Cohen"],
    year: 1960,
    title: "A coefficient of agreement for nominal scales",
    venue: "Educational and Psychological Measurement 20",
    doi: "10.1177/001316446002000104"
  },
  {
    id: "cohen-2020",
    covidx: true,
    authors: ["Cohen", "Morrison", "Dao"],
    year: 2020,
    title: "COVID-19 image data collection",
    venue: "arXiv",
    doi: arxiv("2003.11597")
  },
  {
    id: "davis-2006",
    authors: ["Davis", "Goadrich"],
    year: 2006,
    title: "The relationship between precision-recall and ROC curves",
    venue: "ICML",
    doi: "10.1145/1143844.1143874"
  },
  {
    id: "davison-1997",
    authors: ["Davison", "Hinkley"],
    year: 1997,
    title: "Bootstrap methods and their application",
    venue: "Cambridge University Press",
    doi: "10.1017/CBO9780511802843"
  },
  {
    id: "degrave-2021",
    covidx: true,
    authors: ["DeGrave", "Janizek", "Lee"],
    year: 2021,
    title: "AI for radiographic COVID-19 detection selects shortcuts over signal",
    venue: "Nature Machine Intelligence 3",
    doi: "10.1038/s42256-021-00338-7"
  },
  {
    id: "devries-2017",
    authors: ["DeVries", "Taylor"],
    year: 2017,
    title: "Improved regularization of convolutional neural networks with cutout",
    venue: "arXiv",
    doi: arxiv("1708.04552")
  },
  {
    id: "draelos-2020",
    authors: ["Draelos", "Carin"],
    year: 2020,
    title: "Use HiResCAM instead of Grad-CAM for faithful explanations of convolutional neural networks",
    venue: "arXiv",
    doi: arxiv("2011.08891")
  },
  {
    id: "efron-1993",
    authors: ["Efron", "Tibshirani"],
    year: 1993,
    title: "An introduction to the bootstrap",
    venue: "Chapman & Hall",
    doi: "10.1201/9780429246593"
  },
  {
    id: "field-2007",
    covidx: true,
    authors: ["Field", "Welsh"],
    year: 2007,
    title: "Bootstrapping clustered data",
    venue: "Journal of the Royal Statistical Society B 69",
    doi: "10.1111/j.1467-9868.2007.00593.x"
  },
  {
    id: "geirhos-2020",
    covidx: true,
    authors: ["Geirhos", "Jacobsen", "Michaelis", "Zemel", "Brendel", "Bethge", "Wichmann"],
    year: 2020,
    title: "Shortcut learning in deep neural networks",
    venue: "Nature Machine Intelligence 2",
    doi: "10.1038/s42256-020-00257-z"
  },
  {
    id: "glorot-2010",
    authors: ["Glorot", "Bengio"],
    year: 2010,
    title: "Understanding the difficulty of training deep feedforward neural networks",
    venue: "AISTATS",
    url: "https://proceedings.mlr.press/v9/glorot10a.html"
  },
  {
    id: "gorodkin-2004",
    authors: ["Gorodkin"],
    year: 2004,
    title: "Comparing two K-category assignments by a K-category correlation coefficient",
    venue: "Computational Biology and Chemistry 28",
    doi: "10.1016/j.compbiolchem.2004.09.006"
  },
  {
    id: "gower-2004",
    authors: ["Gower", "Dijksterhuis"],
    year: 2004,
    title: "Procrustes problems",
    venue: "Oxford University Press",
    doi: "10.1093/acprof:oso/9780198510581.001.0001"
  },
  {
    id: "guo-2017",
    authors: ["Guo", "Pleiss", "Sun", "Weinberger"],
    year: 2017,
    title: "On calibration of modern neural networks",
    venue: "ICML",
    doi: arxiv("1706.04599")
  },
  {
    id: "he-2015",
    authors: ["He", "Zhang", "Ren", "Sun"],
    year: 2015,
    title: "Delving deep into rectifiers: Surpassing human-level performance on ImageNet classification",
    venue: "ICCV",
    doi: arxiv("1502.01852")
  },
  {
    id: "he-2016a",
    authors: ["He", "Zhang", "Ren", "Sun"],
    year: 2016,
    letter: "a",
    title: "Deep residual learning for image recognition",
    venue: "CVPR",
    doi: arxiv("1512.03385")
  },
  {
    id: "he-2016b",
    authors: ["He", "Zhang", "Ren", "Sun"],
    year: 2016,
    letter: "b",
    title: "Identity mappings in deep residual networks",
    venue: "ECCV",
    doi: arxiv("1603.05027")
  },
  {
    id: "he-2019",
    authors: ["He", "Girshick", "Dollár"],
    year: 2019,
    title: "Rethinking ImageNet pre-training",
    venue: "ICCV",
    doi: arxiv("1811.08883")
  },
  {
    id: "hendrycks-2019",
    authors: ["Hendrycks", "Mazeika", "Dietterich"],
    year: 2019,
    title: "Deep anomaly detection with outlier exposure",
    venue: "ICLR",
    doi: arxiv("1812.04606")
  },
  {
    id: "hillis-2007",
    authors: ["Hillis"],
    year: 2007,
    title: "A comparison of denominator degrees of freedom methods for multiple observer ROC analysis",
    venue: "Statistics in Medicine 26",
    doi: "10.1002/sim.2532"
  },
  {
    id: "holm-1979",
    authors: ["Holm"],
    year: 1979,
    title: "A simple sequentially rejective multiple test procedure",
    venue: "Scandinavian Journal of Statistics 6",
    url: "https://www.jstor.org/stable/4615733"
  },
  {
    id: "howard-2018",
    authors: ["Howard", "Ruder"],
    year: 2018,
    title: "Universal language model fine-tuning for text classification",
    venue: "ACL",
    doi: arxiv("1801.06146")
  },
  {
    id: "howard-2020",
    authors: ["Howard", "Gugger"],
    year: 2020,
    title: "fastai: A layered API for deep learning",
    venue: "Information 11",
    doi: arxiv("2002.04688")
  },
  {
    id: "hu-2018",
    authors: ["Hu", "Shen", "Albanie", "Sun", "Wu"],
    year: 2018,
    title: "Squeeze-and-excitation networks",
    venue: "CVPR",
    doi: arxiv("1709.01507")
  },
  {
    id: "huang-2017",
    authors: ["Huang", "Liu", "van der Maaten", "Weinberger"],
    year: 2017,
    title: "Densely connected convolutional networks",
    venue: "CVPR",
    doi: arxiv("1608.06993")
  },
  {
    id: "hyndman-1996",
    authors: ["Hyndman", "Fan"],
    year: 1996,
    title: "Sample quantiles in statistical packages",
    venue: "The American Statistician 50",
    doi: "10.1080/00031305.1996.10473566"
  },
  {
    id: "ioffe-2015",
    authors: ["Ioffe", "Szegedy"],
    year: 2015,
    title: "Batch normalization: Accelerating deep network training by reducing internal covariate shift",
    venue: "ICML",
    doi: arxiv("1502.03167")
  },
  {
    id: "jarzynski-2020",
    authors: ["Jarzynski", "Olano"],
    year: 2020,
    title: "Hash functions for GPU rendering",
    venue: "Journal of Computer Graphics Techniques 9",
    url: "https://jcgt.org/published/0009/03/02/"
  },
  {
    id: "jiang-2021",
    authors: ["Jiang", "Zhang", "Hou", "Cheng", "Wei"],
    year: 2021,
    title: "LayerCAM: Exploring hierarchical class activation maps for localization",
    venue: "IEEE Transactions on Image Processing 30",
    doi: "10.1109/TIP.2021.3089943"
  },
  {
    id: "joseph-2020",
    covidx: true,
    authors: ["Joseph"],
    year: 2020,
    title: "covid-xray-imagenet: the notebooks of the study of 2020",
    venue: "GitHub",
    url: "https://github.com/manujosephv/covid-xray-imagenet"
  },
  {
    id: "kermany-2018a",
    covidx: true,
    authors: ["Kermany", "Zhang", "Goldbaum"],
    year: 2018,
    letter: "a",
    title: "Labeled optical coherence tomography (OCT) and chest X-ray images for classification",
    venue: "Mendeley Data",
    doi: "10.17632/rscbjbr9sj"
  },
  {
    id: "kermany-2018b",
    covidx: true,
    authors: ["Kermany", "Goldbaum", "Cai", "others"],
    year: 2018,
    letter: "b",
    title: "Identifying medical diagnoses and treatable diseases by image-based deep learning",
    venue: "Cell 172",
    doi: "10.1016/j.cell.2018.02.010"
  },
  {
    id: "king-2001",
    authors: ["King", "Zeng"],
    year: 2001,
    title: "Logistic regression in rare events data",
    venue: "Political Analysis 9",
    doi: "10.1093/oxfordjournals.pan.a004868"
  },
  {
    id: "kingma-2015",
    authors: ["Kingma", "Ba"],
    year: 2015,
    title: "Adam: A method for stochastic optimization",
    venue: "ICLR",
    doi: arxiv("1412.6980")
  },
  {
    id: "kobak-2019",
    authors: ["Kobak", "Berens"],
    year: 2019,
    title: "The art of using t-SNE for single-cell transcriptomics",
    venue: "Nature Communications 10",
    doi: "10.1038/s41467-019-13056-x"
  },
  {
    id: "kornblith-2019",
    authors: ["Kornblith", "Norouzi", "Lee", "Hinton"],
    year: 2019,
    title: "Similarity of neural network representations revisited",
    venue: "ICML",
    doi: arxiv("1905.00414")
  },
  {
    id: "krizhevsky-2012",
    authors: ["Krizhevsky", "Sutskever", "Hinton"],
    year: 2012,
    title: "ImageNet classification with deep convolutional neural networks",
    venue: "NeurIPS",
    doi: "10.1145/3065386"
  },
  {
    id: "kumar-2019",
    authors: ["Kumar", "Liang", "Ma"],
    year: 2019,
    title: "Verified uncertainty calibration",
    venue: "NeurIPS",
    doi: arxiv("1909.10155")
  },
  {
    id: "lee-2018",
    authors: ["Lee", "Lee", "Lee", "Shin"],
    year: 2018,
    title: "A simple unified framework for detecting out-of-distribution samples and adversarial attacks",
    venue: "NeurIPS",
    doi: arxiv("1807.03888")
  },
  {
    id: "lin-2017",
    authors: ["Lin", "Goyal", "Girshick", "He", "Dollár"],
    year: 2017,
    title: "Focal loss for dense object detection",
    venue: "ICCV",
    doi: arxiv("1708.02002")
  },
  {
    id: "liu-2020a",
    authors: ["Liu"],
    year: 2020,
    letter: "a",
    title: "Higher accuracy on vision models with EfficientNet-Lite",
    venue: "TensorFlow blog",
    url: "https://blog.tensorflow.org/2020/03/higher-accuracy-on-vision-models-with-efficientnet-lite.html"
  },
  {
    id: "liu-2020b",
    authors: ["Liu", "Wang", "Owens", "Li"],
    year: 2020,
    letter: "b",
    title: "Energy-based out-of-distribution detection",
    venue: "NeurIPS",
    doi: arxiv("2010.03759")
  },
  {
    id: "loshchilov-2019",
    authors: ["Loshchilov", "Hutter"],
    year: 2019,
    title: "Decoupled weight decay regularization",
    venue: "ICLR",
    doi: arxiv("1711.05101")
  },
  {
    id: "mann-1947",
    authors: ["Mann", "Whitney"],
    year: 1947,
    title: "On a test of whether one of two random variables is stochastically larger than the other",
    venue: "Annals of Mathematical Statistics 18",
    doi: "10.1214/aoms/1177730491"
  },
  {
    id: "mcnemar-1947",
    authors: ["McNemar"],
    year: 1947,
    title: "Note on the sampling error of the difference between correlated proportions or percentages",
    venue: "Psychometrika 12",
    doi: "10.1007/BF02295996"
  },
  {
    id: "mitchell-2019",
    authors: ["Mitchell", "Wu", "Zaldivar", "Barnes", "Vasserman", "Hutchinson", "Spitzer", "Raji", "Gebru"],
    year: 2019,
    title: "Model cards for model reporting",
    venue: "FAT*",
    doi: "10.1145/3287560.3287596"
  },
  {
    id: "nguyen-2021",
    authors: ["Nguyen", "Raghu", "Kornblith"],
    year: 2021,
    title:
      "Do wide and deep networks learn the same things? Uncovering how neural network " +
      "representations vary with width and depth",
    venue: "ICLR",
    doi: arxiv("2010.15327")
  },
  {
    id: "obuchowski-1995",
    authors: ["Obuchowski", "Rockette"],
    year: 1995,
    title:
      "Hypothesis testing of diagnostic accuracy for multiple readers and multiple tests: An ANOVA approach " +
      "with dependent observations",
    venue: "Communications in Statistics: Simulation and Computation 24",
    doi: "10.1080/03610919508813243"
  },
  {
    id: "okabe-2008",
    authors: ["Okabe", "Ito"],
    year: 2008,
    title: "Color universal design: How to make figures and presentations that are friendly to colorblind people",
    venue: "J*FLY",
    url: "https://jfly.uni-koeln.de/color/"
  },
  {
    id: "pascanu-2013",
    authors: ["Pascanu", "Mikolov", "Bengio"],
    year: 2013,
    title: "On the difficulty of training recurrent neural networks",
    venue: "ICML",
    doi: arxiv("1211.5063")
  },
  {
    id: "petsiuk-2018",
    authors: ["Petsiuk", "Das", "Saenko"],
    year: 2018,
    title: "RISE: Randomized input sampling for explanation of black-box models",
    venue: "BMVC",
    doi: arxiv("1806.07421")
  },
  {
    id: "polyak-1992",
    authors: ["Polyak", "Juditsky"],
    year: 1992,
    title: "Acceleration of stochastic approximation by averaging",
    venue: "SIAM Journal on Control and Optimization 30",
    doi: "10.1137/0330046"
  },
  {
    id: "raghu-2019",
    authors: ["Raghu", "Zhang", "Kleinberg", "Bengio"],
    year: 2019,
    title: "Transfusion: Understanding transfer learning for medical imaging",
    venue: "NeurIPS",
    doi: arxiv("1902.07208")
  },
  {
    id: "russakovsky-2015",
    authors: ["Russakovsky", "Deng", "Su", "others"],
    year: 2015,
    title: "ImageNet large scale visual recognition challenge",
    venue: "International Journal of Computer Vision 115",
    doi: "10.1007/s11263-015-0816-y"
  },
  {
    id: "salmon-2011",
    authors: ["Salmon", "Moraes", "Dror", "Shaw"],
    year: 2011,
    title: "Parallel random numbers: As easy as 1, 2, 3",
    venue: "SC",
    doi: "10.1145/2063384.2063405"
  },
  {
    id: "sandler-2018",
    authors: ["Sandler", "Howard", "Zhu", "Zhmoginov", "Chen"],
    year: 2018,
    title: "MobileNetV2: Inverted residuals and linear bottlenecks",
    venue: "CVPR",
    doi: arxiv("1801.04381")
  },
  {
    id: "selvaraju-2017",
    authors: ["Selvaraju", "Cogswell", "Das", "Vedantam", "Parikh", "Batra"],
    year: 2017,
    title: "Grad-CAM: Visual explanations from deep networks via gradient-based localization",
    venue: "ICCV",
    doi: arxiv("1610.02391")
  },
  {
    id: "smilkov-2019",
    authors: ["Smilkov", "Thorat", "Assogba", "others"],
    year: 2019,
    title: "TensorFlow.js: Machine learning for the web and beyond",
    venue: "SysML",
    doi: arxiv("1901.05350")
  },
  {
    id: "smith-2017",
    authors: ["Smith"],
    year: 2017,
    title: "Cyclical learning rates for training neural networks",
    venue: "WACV",
    doi: arxiv("1506.01186")
  },
  {
    id: "smith-2018",
    authors: ["Smith", "Topin"],
    year: 2018,
    title: "Super-convergence: Very fast training of neural networks using large learning rates",
    venue: "arXiv",
    doi: arxiv("1708.07120")
  },
  {
    id: "song-2012",
    authors: ["Song", "Smola", "Gretton", "Bedo", "Borgwardt"],
    year: 2012,
    title: "Feature selection via dependence maximization",
    venue: "Journal of Machine Learning Research 13",
    url: "https://jmlr.org/papers/v13/song12a.html"
  },
  {
    id: "srivastava-2014",
    authors: ["Srivastava", "Hinton", "Krizhevsky", "Sutskever", "Salakhutdinov"],
    year: 2014,
    title: "Dropout: A simple way to prevent neural networks from overfitting",
    venue: "Journal of Machine Learning Research 15",
    url: "https://jmlr.org/papers/v15/srivastava14a.html"
  },
  {
    id: "student-1908",
    authors: ["Student"],
    year: 1908,
    title: "The probable error of a mean",
    venue: "Biometrika 6",
    doi: "10.1093/biomet/6.1.1"
  },
  {
    id: "sun-2022",
    authors: ["Sun", "Ming", "Zhu", "Li"],
    year: 2022,
    title: "Out-of-distribution detection with deep nearest neighbors",
    venue: "ICML",
    doi: arxiv("2204.06507")
  },
  {
    id: "szegedy-2016",
    authors: ["Szegedy", "Vanhoucke", "Ioffe", "Shlens", "Wojna"],
    year: 2016,
    title: "Rethinking the Inception architecture for computer vision",
    venue: "CVPR",
    doi: arxiv("1512.00567")
  },
  {
    id: "tan-2019",
    authors: ["Tan", "Le"],
    year: 2019,
    title: "EfficientNet: Rethinking model scaling for convolutional neural networks",
    venue: "ICML",
    doi: arxiv("1905.11946")
  },
  {
    id: "tarvainen-2017",
    authors: ["Tarvainen", "Valpola"],
    year: 2017,
    title:
      "Mean teachers are better role models: Weight-averaged consistency targets improve " +
      "semi-supervised deep learning results",
    venue: "NeurIPS",
    doi: arxiv("1703.01780")
  },
  {
    id: "tipping-1999",
    authors: ["Tipping", "Bishop"],
    year: 1999,
    title: "Probabilistic principal component analysis",
    venue: "Journal of the Royal Statistical Society B 61",
    doi: "10.1111/1467-9868.00196"
  },
  {
    id: "vandermaaten-2008",
    authors: ["van der Maaten", "Hinton"],
    year: 2008,
    title: "Visualizing data using t-SNE",
    venue: "Journal of Machine Learning Research 9",
    url: "https://jmlr.org/papers/v9/vandermaaten08a.html"
  },
  {
    id: "venna-2001",
    authors: ["Venna", "Kaski"],
    year: 2001,
    title: "Neighborhood preservation in nonlinear projection methods: An experimental study",
    venue: "ICANN",
    doi: "10.1007/3-540-44668-0_68"
  },
  {
    id: "wang-2004",
    authors: ["Wang", "Bovik", "Sheikh", "Simoncelli"],
    year: 2004,
    title: "Image quality assessment: From error visibility to structural similarity",
    venue: "IEEE Transactions on Image Processing 13",
    doi: "10.1109/TIP.2003.819861"
  },
  {
    id: "wang-2017",
    covidx: true,
    authors: ["Wang", "Peng", "Lu", "Lu", "Bagheri", "Summers"],
    year: 2017,
    title:
      "ChestX-ray8: Hospital-scale chest X-ray database and benchmarks on weakly-supervised " +
      "classification and localization of common thorax diseases",
    venue: "CVPR",
    doi: arxiv("1705.02315")
  },
  {
    id: "wang-2020",
    covidx: true,
    authors: ["Wang", "Lin", "Wong"],
    year: 2020,
    title:
      "COVID-Net: A tailored deep convolutional neural network design for detection of COVID-19 " +
      "cases from chest X-ray images",
    venue: "arXiv, first version",
    doi: arxiv("2003.09871")
  },
  {
    id: "wilson-1927",
    authors: ["Wilson"],
    year: 1927,
    title: "Probable inference, the law of succession, and statistical inference",
    venue: "Journal of the American Statistical Association 22",
    doi: "10.1080/01621459.1927.10502953"
  },
  {
    id: "wu-2021",
    authors: ["Wu", "Johnson"],
    year: 2021,
    title: "Rethinking “batch” in BatchNorm",
    venue: "arXiv",
    doi: arxiv("2105.07576")
  },
  {
    id: "xie-2017",
    authors: ["Xie", "Girshick", "Dollár", "Tu", "He"],
    year: 2017,
    title: "Aggregated residual transformations for deep neural networks",
    venue: "CVPR",
    doi: arxiv("1611.05431")
  },
  {
    id: "zech-2018",
    authors: ["Zech", "Badgeley", "Liu", "Costa", "Titano", "Oermann"],
    year: 2018,
    title:
      "Variable generalization performance of a deep learning model to detect pneumonia in chest " +
      "radiographs: A cross-sectional study",
    venue: "PLOS Medicine 15",
    doi: "10.1371/journal.pmed.1002683"
  },
  {
    id: "zhang-2016",
    authors: ["Zhang", "Lin", "Brandt", "Shen", "Sclaroff"],
    year: 2016,
    title: "Top-down neural attention by excitation backprop",
    venue: "ECCV",
    doi: arxiv("1608.00507")
  },
  {
    id: "zhang-2018",
    authors: ["Zhang", "Cissé", "Dauphin", "Lopez-Paz"],
    year: 2018,
    title: "mixup: Beyond empirical risk minimization",
    venue: "ICLR",
    doi: arxiv("1710.09412")
  }
];

/** The works that the report on a dataset cites. */
export const worksFor = (dataset: string): readonly Work[] =>
  references.filter(({covidx}) => dataset === "covidx" || !covidx);
