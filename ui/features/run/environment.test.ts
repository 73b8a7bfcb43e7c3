import { expect, test } from 'vitest'
import { accelerators, commitOf, environmentFacts, hostsOf, packagesOf } from './environment'

const gpu = (name: string, memory: number) => ({ name, memory })

test('equal accelerators are counted, and a machine without one says so', () => {
  const devices = [gpu('NVIDIA H100', 80e9), gpu('NVIDIA H100', 80e9), gpu('NVIDIA A10', 24e9)]
  expect(accelerators({ gpu: { devices } })).toBe('2 × H100 80 GB, A10 24 GB')
  expect(accelerators({ cpu: { count: 2 } })).toBe('2 cores, no accelerator')
})

test('a commit is short, and names what is not committed', () => {
  const git = { commit: 'abcdef1234567890', dirty: true, diff: 'diff --git a/x b/x\n+1\ndiff --git a/y b/y\n' }
  expect(commitOf({ git })).toEqual({ full: git.commit, short: 'abcdef1', changed: '+ 2 changed files' })
  expect(commitOf({ git: { ...git, dirty: false } })?.changed).toBe('')
})

test('an environment of any shape never breaks the page', () => {
  for (const odd of [null, undefined, 7, 'text', [], { cpu: 'fast', gpu: [], git: null, packages: ['a'], argv: {} }]) {
    expect(environmentFacts(odd)).toEqual([])
    expect(packagesOf(odd)).toEqual([])
    expect(commitOf(odd)).toBeUndefined()
    expect(hostsOf({ environment: odd, writers: [] })).toEqual([])
  }
})
