/**
 * The public data sets that are known by name: their classes, where they lie below a data folder,
 * and their public homes with the published MD5 sums. Loading is left to load-dataset.ts.
 */
import type { Split } from './split.ts';

/** A file of a set's public home. */
interface NamedFile {
  readonly name: string;
  readonly md5: string;
}

export interface NamedSet {
  /** Class names in the order of the published label numbers. */
  readonly classes: readonly string[];
  /** Where it may lie below a data folder, best first. */
  readonly places: readonly string[];
  /** Address below which the files are published; ends with a slash. */
  readonly home: string;
  /** Where downloaded files go below the data folder, so that `places` finds them. */
  readonly folder: string;
  /** What must be downloaded for each part. */
  readonly files: Readonly<Record<Split, readonly NamedFile[]>>;
}

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

const cifarArchive = {
  name: 'cifar-10-binary.tar.gz',
  md5: 'c32a1d4ab5d03f1284b67883e8d87530',
} as const;

const sets: Readonly<Record<string, NamedSet>> = {
  mnist: {
    classes: digits,
    places: ['mnist', 'MNIST/raw'],
    home: 'https://ossci-datasets.s3.amazonaws.com/mnist/',
    folder: 'mnist',
    files: idxFiles(
      'f68b3c2dcbeaaa9fbdd348bbdeb94873',
      'd53e105ee54ea40749a09fcbcd1e9432',
      '9fb629c4189551a2d022fa330f9573f3',
      'ec29112dd5afa0611ce80d1b7f02629c',
    ),
  },
  'fashion-mnist': {
    classes: [
      'T-shirt/top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ],
    places: ['fashion-mnist', 'FashionMNIST/raw'],
    home: 'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
    folder: 'fashion-mnist',
    files: idxFiles(
      '8d4fb7e6c68d591d4c3dfef9ec88bf0d',
      '25c81989df183df01b3e8a0aad5dffbe',
      'bef4ecab320f06d8554ea6380940ec79',
      'bb300cfdad3c16e7a12a480ee83cd310',
    ),
  },
  cifar10: {
    classes: [
      'airplane',
      'automobile',
      'bird',
      'cat',
      'deer',
      'dog',
      'frog',
      'horse',
      'ship',
      'truck',
    ],
    places: ['cifar-10-batches-bin', 'cifar-10-binary.tar.gz', 'cifar10', 'cifar10-jpeg.tar.gz'],
    home: 'https://www.cs.toronto.edu/~kriz/',
    folder: '.',
    files: { train: [cifarArchive], test: [cifarArchive] },
  },
};

/** Names under which `loadDataset` knows public sets. */
export const namedSets: ReadonlyMap<string, NamedSet> = new Map(Object.entries(sets));

function idxFiles(
  trainImages: string,
  trainLabels: string,
  testImages: string,
  testLabels: string,
): NamedSet['files'] {
  return {
    train: [
      { name: 'train-images-idx3-ubyte.gz', md5: trainImages },
      { name: 'train-labels-idx1-ubyte.gz', md5: trainLabels },
    ],
    test: [
      { name: 't10k-images-idx3-ubyte.gz', md5: testImages },
      { name: 't10k-labels-idx1-ubyte.gz', md5: testLabels },
    ],
  };
}
