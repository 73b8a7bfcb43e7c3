import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface OidcPerson {
  sub: string
  email?: string
  email_verified?: boolean
  name?: string
}

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function signed(claims: object): string {
  const body = `${encoded({ alg: 'RS256', kid: 'k' })}.${encoded(claims)}`
  return `${body}.${createSign('RSA-SHA256').update(body).sign(privateKey, 'base64url')}`
}

/** An OpenID provider that knows one person at a time, and signs in whoever comes. */
export async function startOidc() {
  const client = { id: 'trackside', secret: 'a client secret' }
  const nonces = new Map<string, string | null>()
  let person: OidcPerson = { sub: 'nobody' }
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', issuer())
    const say = (body: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    if (url.pathname === '/.well-known/openid-configuration') return say(description(issuer()))
    if (url.pathname === '/keys')
      return say({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] })
    if (url.pathname === '/authorize') {
      const code = randomUUID()
      nonces.set(code, url.searchParams.get('nonce'))
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      back.search = String(new URLSearchParams({ code, state: url.searchParams.get('state') ?? '' }))
      return response.writeHead(302, { location: back.href }).end()
    }
    let form = ''
    for await (const piece of request) form += piece
    const body = new URLSearchParams(form)
    const nonce = nonces.get(body.get('code') ?? '') ?? undefined
    const now = Math.floor(Date.now() / 1000)
    const claims = { iss: issuer(), aud: client.id, iat: now, exp: now + 60, nonce, ...person }
    return say({ access_token: 'x', token_type: 'Bearer', id_token: signed(claims) })
  })
  const issuer = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    variables: { OIDC_ISSUER: issuer(), OIDC_CLIENT_ID: client.id, OIDC_CLIENT_SECRET: client.secret },
    knows(next: OidcPerson) {
      person = next
    },
    stop: () => void server.close(),
  }
}

const description = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/keys`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  code_challenge_methods_supported: ['S256'],
})
