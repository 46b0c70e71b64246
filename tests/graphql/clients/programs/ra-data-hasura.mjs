import ra from 'ra-data-hasura';
import { answerCalls } from './calls.mjs';

const { url, secret } = JSON.parse(process.argv[2]);
const headers = secret === '' ? {} : { 'x-hasura-admin-secret': secret };
answerCalls(await ra.default({ clientOptions: { uri: url, headers } }));
