// The peer of tests/bench/burst: POST /api/programmes/:programmeId/registrations in Fastify and pg, doing per request what
// hv-gateway and hv-enrolment do together: checks the signed token and the body, then one call of peer.enrol() (peer.sql),
// which locks the programme, looks up the idempotency key, the person, the window, the rules and the active registration,
// draws the order, extends the hash chain, writes the registration, the counters and the event, and commits. One round trip
// to the database per request, prepared once per connection. Settings by environment:
//   PEER_PORT, PEER_WORKERS (processes), PEER_POOL (connections of each), PEER_KEY (hex, HMAC of the tokens), PG* of libpq
'use strict';
const cluster = require('node:cluster');
const crypto = require('node:crypto');
const Fastify = require('fastify');
const pg = require('pg');

const workers = Number(process.env.PEER_WORKERS || 1);
const key = Buffer.from(process.env.PEER_KEY || '', 'hex');

// "v1.<account uuid>.<expiry, seconds>.<HMAC-SHA256, base64url>"
function identify(header) {
  const parts = (header || '').split(' ')[1]?.split('.');
  if (!parts || parts.length !== 4 || parts[0] !== 'v1') return null;
  const mac = crypto.createHmac('sha256', key).update(`${parts[0]}.${parts[1]}.${parts[2]}`).digest();
  const given = Buffer.from(parts[3], 'base64url');
  if (given.length !== mac.length || !crypto.timingSafeEqual(given, mac)) return null;
  return Number(parts[2]) * 1000 > Date.now() ? parts[1] : null;
}

const uuid = { type: 'string', format: 'uuid' };
const registration = {
  type: 'object',
  properties: {
    id: uuid, programmeId: uuid, implementationId: uuid, personId: uuid,
    state: { type: 'string' }, orderNo: { type: 'integer' }, programmeOrder: { type: 'integer' },
    position: { type: 'integer' }, receivedAt: { type: 'string' },
  },
};

async function serve() {
  const pool = new pg.Pool({ max: Number(process.env.PEER_POOL || 8) });
  const app = Fastify({ logger: false, bodyLimit: 65536 });
  app.post('/api/programmes/:programmeId/registrations', {
    schema: {
      params: { type: 'object', properties: { programmeId: uuid } },
      body: { type: 'object', required: ['implementationId'], additionalProperties: false, properties: { implementationId: uuid } },
      response: { 201: registration },
    },
  }, async (request, reply) => {
    const received = new Date();
    const person = identify(request.headers.authorization);
    if (!person) return reply.code(401).send({ title: 'Sign in first' });
    const idempotency = request.headers['idempotency-key'];
    if (!idempotency) return reply.code(428).send({ title: 'Idempotency-Key is missing' });
    const hash = crypto.createHash('sha256').update(request.params.programmeId).update(request.body.implementationId).digest();
    const { rows: [row] } = await pool.query({
      name: 'enrol',
      text: 'select * from peer_enrol($1, $2, $3, $4, $5, $6, $7)',
      values: [person, request.params.programmeId, request.body.implementationId, Buffer.from(idempotency), hash, crypto.randomBytes(16), received],
    });
    if (row.rule) return reply.code(409).type('application/problem+json').send({ rule: row.rule });
    return reply.code(201).send({
      id: row.id, programmeId: request.params.programmeId, implementationId: request.body.implementationId, personId: person,
      state: row.state, orderNo: row.order_no, programmeOrder: row.programme_order, position: row.place, receivedAt: received.toISOString(),
    });
  });
  await app.listen({ host: '127.0.0.1', port: Number(process.env.PEER_PORT) });
}

if (workers > 1 && cluster.isPrimary) {
  for (let i = 0; i < workers; i++) cluster.fork();
  cluster.on('exit', () => process.exit(1));
} else {
  serve().catch((error) => { console.error(error); process.exit(1); });
}
