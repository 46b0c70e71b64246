import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import type { Request, Response } from 'express';
import multer from 'multer';
import { GatewayError } from '../../errors';
import type { Entry, Form } from './form';

/** No form of ours has more; it bounds what one request may make us hold. */
const MAX_PARTS = 64;

/**
 * The parts of a multipart/form-data body that was read already. `maxFileBytes` bounds each part.
 * @throws GatewayError body_too_large, malformed_body
 */
export async function parseMultipart(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  maxFileBytes: number,
): Promise<Omit<Form, 'query'>> {
  const options: multer.Options & { streamHandler(request: unknown, parser: Writable): void } = {
    storage: multer.memoryStorage(),
    limits: { fileSize: maxFileBytes, fieldSize: maxFileBytes, parts: MAX_PARTS },
    streamHandler: (_request, parser) => void parser.end(body),
  };
  const parse = multer(options).any();
  await new Promise<void>((resolve, reject) => {
    parse(request as Request, response as Response, (error: unknown) =>
      error === undefined ? resolve() : reject(refusal(error, maxFileBytes)),
    );
  });
  const { body: fields, files } = request as Request;
  return {
    texts: Object.entries((fields ?? {}) as Record<string, unknown>).map(firstValue),
    files: Array.isArray(files) ? files.map(fileEntry) : [],
  };
}

/** A repeated name arrives as a list; the first value counts. */
function firstValue([name, value]: [string, unknown]): Entry {
  return [name, Array.isArray(value) ? value[0] : value];
}

function fileEntry(file: Express.Multer.File): Entry {
  return [file.fieldname, file.buffer.toString('utf8')];
}

function refusal(error: unknown, limit: number): GatewayError {
  if (error instanceof multer.MulterError && ['LIMIT_FILE_SIZE', 'LIMIT_FIELD_VALUE'].includes(error.code)) {
    return new GatewayError('body_too_large', `the part ${error.field ?? ''} is larger than ${limit} bytes: nothing was stored`);
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new GatewayError('malformed_body', `the multipart body cannot be read: ${reason}`, { cause: error });
}
