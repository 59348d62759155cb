/** Names of models, checked before they become keys. */
import * as v from 'valibot';

export const modelNameSchema = v.object({
  name: v.pipe(
    v.string(),
    v.regex(
      /^[a-z0-9][a-z0-9._-]{0,63}$/,
      'Expected 1 to 64 lower-case letters, digits, ".", "_" or "-", a letter or digit first.',
    ),
  ),
});
