/** GraphiQL as one page that loads nothing from elsewhere; made when it is first asked for, because it is large. */
export function graphiqlPage(): Promise<string> {
  return (page ??= render());
}

let page: Promise<string> | undefined;

async function render(): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return renderGraphiQL({
    title: 'GraphiQL',
    endpoint: '/v1/graphql',
    defaultQuery:
      '# With ADMIN_SECRET set, add {"x-hasura-admin-secret": "…"} under Headers below.\n\nquery {\n  __typename\n}\n',
    headers: '{}',
    shouldPersistHeaders: false,
  });
}
