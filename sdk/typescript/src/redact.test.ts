import { expect, test } from 'vitest'
import { redactArguments, redactText } from './redact.ts'

const pem = '-----BEGIN RSA PRIVATE KEY-----\n+MIIEpAIBAAKCAQEA\n+zzzz\n+-----END RSA PRIVATE KEY-----'
const secret = 'hunter2-hunter2'

test.each([
  `+password = "${secret}"`,
  `+    'api_key': '${secret}',`,
  `+client = new Client({ authToken: '${secret}' })`,
  `+DB_PASSWORD=${secret}`,
  `+url = 'https://example.com/?token=${secret}&a=1'`,
  `+url = 'postgres://me:${secret}@db/x'`,
  pem.replace('zzzz', secret),
  pem.replace('zzzz', secret).split('+-----END')[0] ?? '',
])('a secret of a diff is hidden: %s', text => {
  expect(redactText(text)).not.toContain(secret)
  expect(redactText(text)).toContain('[redacted]')
  expect(redactText(redactText(text))).toBe(redactText(text))
})

test.each([
  '+max_tokens = "4096 of them"',
  "+tokenizer='gpt2-large'",
  '+rows = sorted(rows, key="val_loss")',
  "+token = batch['token_ids'].to(device)",
  '+password = getpass()',
  '+-----BEGIN PUBLIC KEY-----',
])('what is no secret stays readable: %s', text => {
  expect(redactText(text)).toBe(text)
})

test('an address in an argument keeps its name only', () => {
  expect(redactArguments(['train.js', `https://example.com/?token=${secret}`])[1]).toBe(
    'https://example.com/?token=[redacted]',
  )
})

test.each([
  [['-p', secret]],
  [['-P', secret]],
  [[`-p=${secret}`]],
  [['--pass', secret]],
  [['--password', secret]],
  [[`--password=${secret}`]],
  [[`--db-password=${secret}`]],
  [[`PASSWORD=${secret}`]],
  [[`WANDB_API_KEY=${secret}`]],
  [['--api-key', 'short']],
])('a secret among the arguments keeps its name only: %j', words => {
  const shown = redactArguments(['train.js', ...words, '--lr', '0.1'])
  expect(shown.join(' ')).not.toContain(words.at(-1)?.split('=').at(-1))
  expect(shown).toHaveLength(words.length + 3)
  expect(shown.slice(-2)).toEqual(['--lr', '0.1'])
})

test('other arguments stay as they are', () => {
  const words = ['train.js', '--lr=0.1', '-e', '3', '--pass-through', 'yes', '--max-tokens', '512', '--tokenizer=gpt2']
  expect(redactArguments(words)).toEqual(words)
})

test('a large text takes no time', () => {
  const begun = performance.now()
  redactText(`${'a'.repeat(1_000_000)}${'='.repeat(1000)}${'-----BEGIN '.repeat(1000)}`)
  expect(performance.now() - begun).toBeLessThan(5_000)
})
