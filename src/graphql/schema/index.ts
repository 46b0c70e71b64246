export { buildSchema } from './build';
