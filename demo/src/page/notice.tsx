/** What went wrong last; it takes nothing away, and goes with the next thing that goes well. */
import { notice } from './state.ts';

export function Notice() {
  return (
    <div role="alert" class="notices">
      {notice.value && (
        <p id="notice" class="notice">
          {notice.value}
          <button
            type="button"
            class="plain"
            onClick={() => {
              notice.value = '';
            }}
          >
            Dismiss
          </button>
        </p>
      )}
    </div>
  );
}
