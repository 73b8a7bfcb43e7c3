import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export interface RunningProxy {
  url: string
  /** Where plain HTTP is answered, when the address itself is https. */
  plainUrl?: string
  ca?: string
  stop(): Promise<void>
}

export interface ProxyKind {
  name: string
  program: string
  start(originPort: number): Promise<RunningProxy>
}

export const absent = (program: string) => spawnSync(program, ['version']).error !== undefined

/** Substitutes in an example file; each part must be there, so that the test runs the file that people copy. */
function fill(file: string, parts: Record<string, string>): string {
  let text = readFileSync(new URL(`../../docs/deploy/${file}`, import.meta.url), 'utf8')
  for (const [from, to] of Object.entries(parts)) {
    if (!text.includes(from)) throw new Error(`docs/deploy/${file} does not contain "${from}"`)
    text = text.replaceAll(from, to)
  }
  return text
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

async function accepts(port: number, alive: () => boolean): Promise<boolean> {
  const deadline = Date.now() + 10_000
  while (alive() && Date.now() < deadline) {
    const socket = connect(port, '127.0.0.1')
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (open) return true
    await pause(20)
  }
  return false
}

async function launch(program: string, args: string[], folder: string, port: number): Promise<() => Promise<void>> {
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      said += data
    })
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  if (await accepts(port, () => child.exitCode === null)) return stop
  await stop()
  throw new Error(`${program} did not start:\n${said}`)
}

export const nginx: ProxyKind = {
  name: 'nginx',
  program: '/usr/sbin/nginx',
  async start(originPort) {
    const folder = mkdtempSync(join(tmpdir(), 'trackside-nginx-'))
    const [port, plain] = [await freePort(), await freePort()]
    const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    const request = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
    ]
    const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    execFileSync('openssl', [...request, ...name, '-keyout', key, '-out', certificate], { stdio: 'ignore' })
    const site = fill('nginx.conf', {
      'listen 80;': `listen 127.0.0.1:${plain};`,
      'listen 443 ssl http2;': `listen 127.0.0.1:${port} ssl http2;`,
      'server 127.0.0.1:3000;': `server 127.0.0.1:${originPort};`,
      'server_name trackside.example.com;': 'server_name localhost;',
      '/etc/letsencrypt/live/trackside.example.com/fullchain.pem': certificate,
      '/etc/letsencrypt/live/trackside.example.com/privkey.pem': key,
    })
    writeFileSync(join(folder, 'site.conf'), site)
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      use => `${use}_temp_path ${folder}/${use};`,
    )
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off; master_process off; pid ${folder}/pid; error_log stderr; events {}
       http { access_log off; ${temporary.join(' ')} include ${folder}/site.conf; }`,
    )
    const stop = await launch(this.program, ['-e', 'stderr', '-c', join(folder, 'nginx.conf')], folder, port)
    const ca = readFileSync(certificate, 'utf8')
    return { url: `https://localhost:${port}`, plainUrl: `http://localhost:${plain}`, ca, stop }
  },
}

export const caddy: ProxyKind = {
  name: 'Caddy',
  program: 'caddy',
  async start(originPort) {
    const folder = mkdtempSync(join(tmpdir(), 'trackside-caddy-'))
    const port = await freePort()
    // Without a public name there is no certificate to get: plain HTTP.
    const site = fill('Caddyfile', {
      'trackside.example.com {': `http://localhost:${port} {`,
      'reverse_proxy 127.0.0.1:3000': `reverse_proxy 127.0.0.1:${originPort}`,
    })
    writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n}\n${site}`)
    const stop = await launch(this.program, ['run', '--adapter', 'caddyfile', '--config', 'Caddyfile'], folder, port)
    return { url: `http://localhost:${port}`, stop }
  },
}
