/** A model on a backbone's features is taught drawn digits and reads others; in Node, pages and Workers. */
import { mnistDigit } from '../support/render-digit.ts';

/** What it needs of a model. */
interface Pupil {
  learnBatch(samples: readonly Float32Array[], labels: readonly string[]): Promise<void>;
  classifyBatch(samples: readonly Float32Array[]): Promise<readonly { readonly label: string }[]>;
}

interface Image {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface Lesson {
  readonly digits: readonly number[];
  /** Drawings of each digit that are learned, and that are asked. */
  readonly learned: number;
  readonly asked: number;
}

export interface Answers {
  /** Of the drawings asked, digit by digit. */
  readonly labels: string[];
  readonly right: number;
  /** Of the first drawing asked. */
  readonly features: number[];
}

/** @param embed gives the backbone's features */
export async function teachDigits(
  pupil: Pupil,
  embed: (images: readonly Image[]) => Promise<readonly Float32Array[]>,
  { digits, learned, asked }: Lesson,
): Promise<Answers> {
  const drawn = (from: number, count: number): [Image[], string[]] => {
    const all = digits.flatMap((digit) =>
      Array.from({ length: count }, (_, i) => [digit, from + i] as const),
    );
    return [
      all.map(([digit, hand]) => ({ width: 28, height: 28, data: mnistDigit(digit, hand) })),
      all.map(([digit]) => String(digit)),
    ];
  };
  const [lesson, labels] = drawn(1, learned);
  await pupil.learnBatch(await embed(lesson), labels);
  const [questions, expected] = drawn(1000, asked);
  const features = await embed(questions);
  const decided = (await pupil.classifyBatch(features)).map(({ label }) => label);
  return {
    labels: decided,
    right: decided.filter((label, i) => label === expected[i]).length,
    features: [...(features[0] ?? [])],
  };
}

/** What a small net with random filters can tell apart, mostly. */
export const everyDigit: Lesson = {
  digits: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  learned: 10,
  asked: 5,
};

/** Few drawings, as a large net takes its time. */
export const threeDigits: Lesson = { digits: [1, 4, 7], learned: 3, asked: 4 };
