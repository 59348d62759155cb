/** What a model that begins to learn is taught by, in the model's own engine. */
import { SimdBackend } from '../backend/simd/simd-backend.ts';
import { SimdSymmetric } from '../backend/simd/simd-symmetric.ts';
import { HffError } from '../error.ts';
import type { TeacherOptions } from './kept-learning.ts';
import type { Pupil } from './pupil.ts';
import { Teacher } from './teacher.ts';

/**
 * @throws HffError `learn/no-statistics`, `learn/foreign`, `learn/malformed`, `backend/unavailable`,
 *   `backend/memory`
 */
export async function startTeacher(pupil: Pupil, options: TeacherOptions = {}): Promise<Teacher> {
  const { backend } = pupil;
  if (!(backend instanceof SimdBackend)) {
    const { name } = pupil.snapshot().spec;
    throw new HffError(
      'backend/unavailable',
      `Model ${name}: learning needs our own engine, not ${backend.name}. Load it without the option "backend".`,
    );
  }
  return new Teacher(pupil, await SimdSymmetric.start(backend), options);
}
