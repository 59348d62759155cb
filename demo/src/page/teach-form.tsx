/** Gives the drawing a name, old or new. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { teach } from './actions.ts';
import { reading, subject } from './state.ts';

export function TeachForm() {
  const name = useSignal('');
  const id = useId();
  const isStrange = reading.value?.unknown ?? false;
  return (
    <form
      id="teach"
      class={isStrange ? 'asking' : ''}
      onSubmit={(event) => {
        event.preventDefault();
        void teach(name.value.trim());
      }}
    >
      <label for={id}>{isStrange ? 'What is it?' : 'Teach it something new'}</label>
      <input
        id={id}
        name="label"
        autocomplete="off"
        autocapitalize="off"
        maxlength={40}
        placeholder="heart"
        value={name.value}
        onInput={(event) => {
          name.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="main" disabled={!subject.value || !name.value.trim()}>
        Teach
      </button>
    </form>
  );
}
