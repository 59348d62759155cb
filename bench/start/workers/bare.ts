/** No engine at all: what workerd and HTTP take. */
import { answerWith, emptyAnswer, type TimedWorker } from './answer.ts';

const worker: TimedWorker = answerWith(async () => emptyAnswer(0));

export default worker;
