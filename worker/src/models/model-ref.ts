/** Names a model among all: whose it is, and which. Neither part holds a `/`. */
export interface ModelRef {
  readonly tenant: string;
  readonly name: string;
}

export function refKey({ tenant, name }: ModelRef): string {
  return `${tenant}/${name}`;
}

export function parseRef(key: string): ModelRef {
  const [tenant = '', name = ''] = key.split('/');
  return { tenant, name };
}
