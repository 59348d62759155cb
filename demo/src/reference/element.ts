/** Elements of the page; text in them stays text, whatever it says. */

type Child = Node | string | undefined;

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** What it says below a name, if it says anything. */
export function remark(text: string | undefined): HTMLElement | undefined {
  return text ? element('p', {}, prose(text)) : undefined;
}

/** Text in which `…` is code. */
export function prose(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const [i, part] of text.split('`').entries()) {
    fragment.append(i % 2 === 0 ? part : element('code', {}, part));
  }
  return fragment;
}
