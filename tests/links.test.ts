import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..');
const pages = [
  'README.md',
  ...readdirSync(path.join(root, 'docs'), { recursive: true })
    .map((name) => path.join('docs', String(name)))
    .filter((name) => name.endsWith('.md')),
];

/** As GitHub names the headings of a page. */
function anchors(text: string): Set<string> {
  const names = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading.toLowerCase());
  return new Set(names.map((name) => name.replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-')));
}

test.each(pages)('the links of %s lead somewhere', (page) => {
  const text = readFileSync(path.join(root, page), 'utf8');
  const broken = [...text.matchAll(/\]\(([^)\s]*)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^https?:/.test(link))
    .filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path.join(root, page) : path.join(root, path.dirname(page), file);
      return !existsSync(target) || (anchor !== undefined && !anchors(readFileSync(target, 'utf8')).has(anchor));
    });
  expect(broken).toEqual([]);
});
