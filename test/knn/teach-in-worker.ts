/** The entry as a Worker uses it, by the same name as everywhere. */
import { teachAndPredict } from './page/teach-and-predict.ts';

export default {
  async fetch(): Promise<Response> {
    return Response.json(await teachAndPredict());
  },
};
