/** Signs of the tools, beside their names or, on phones, in place of them. */
const paths = {
  undo: 'M9 6 4 11l5 5M4 11h10.5a4.5 4.5 0 0 1 0 9H11',
  clear: 'M6 6l12 12M18 6 6 18',
  camera: 'M3 8h4l2-3h6l2 3h4v11H3zM12 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01',
};

export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg class="icon" aria-hidden="true" viewBox="0 0 24 24" width="20" height="20">
      <path d={paths[name]} />
    </svg>
  );
}
