import { Lesson } from './lesson-of-page.jsx';
import { serverLesson } from './server-lesson.js';

export const dynamic = 'force-dynamic';

export default async function Page() {
  return (
    <main>
      <pre id="server">{JSON.stringify(await serverLesson())}</pre>
      <Lesson />
    </main>
  );
}
