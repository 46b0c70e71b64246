import { GraphQLClient } from 'graphql-request';
import { graphql, useFragment } from './gql';
import type { FragmentType } from './gql';
import type { Post_Bool_Exp, Post_Insert_Input } from './gql/graphql';
import type { AuthorsQuery, AuthorsQueryVariables } from './types';

const WithTitle = graphql(`
  fragment WithTitle on post {
    title
    status
    author {
      name
    }
  }
`);
const Posts = graphql(`
  query Posts($where: post_bool_exp = {}, $order: [post_order_by!] = [{ title: asc }]) {
    post(where: $where, order_by: $order) {
      id
      rating
      ...WithTitle
    }
    post_aggregate(where: $where) {
      aggregate {
        count
        max {
          views
        }
      }
    }
  }
`);
const Authors = graphql(`
  query Authors($ids: [uuid!]!) {
    author(where: { id: { _in: $ids } }) {
      name
      age
      profile(path: "$.city")
    }
  }
`);
const Insert = graphql(`
  mutation Insert($objects: [post_insert_input!]!) {
    insert_post(objects: $objects, on_conflict: { constraint: post_pkey, update_columns: [title] }) {
      affected_rows
      returning {
        title
      }
    }
  }
`);
graphql(`
  subscription Watch($id: uuid!) {
    post_by_pk(id: $id) {
      title
    }
  }
`);
graphql(`
  subscription Stream {
    reply_stream(batch_size: 10, cursor: [{ initial_value: { id: 0 }, ordering: ASC }]) {
      id
    }
  }
`);

function titleOf(post: FragmentType<typeof WithTitle>): string {
  const { title, author, status } = useFragment(WithTitle, post);
  return `${title} (${status}) by ${author.name}`;
}

async function run(url: string, secret: string): Promise<unknown> {
  const client = new GraphQLClient(url, { headers: { 'x-hasura-admin-secret': secret } });
  const where: Post_Bool_Exp = {
    status: { _eq: 'published' },
    _or: [{ author: { age: { _gte: 40 } } }, { pinned: { _eq: true } }],
  };
  const { post, post_aggregate } = await client.request(Posts, { where });
  const [first] = post;
  const rating: number | null | undefined = first?.rating;
  const highest: number | null | undefined = post_aggregate.aggregate?.max?.views;
  const ids: AuthorsQueryVariables = { ids: [process.argv[4] ?? ''] };
  const authors: AuthorsQuery = await client.request(Authors, ids);
  const object: Post_Insert_Input = {
    title: 'Typed',
    author: { data: { name: 'Typist' } },
    replys: { data: [{ line: 'Well' }] },
  };
  const { insert_post } = await client.request(Insert, { objects: [object] });
  return {
    titles: post.map(titleOf),
    rating,
    count: post_aggregate.aggregate?.count,
    highest,
    authors: authors.author,
    affected: insert_post?.affected_rows,
  };
}

void run(process.argv[2] ?? '', process.argv[3] ?? '').then((found) => console.log(JSON.stringify(found)));
