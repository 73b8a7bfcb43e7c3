'use client'

import { useState } from 'react'
import { Button } from '@/ui/kit/button'
import { CodeBlock } from '@/ui/kit/code-block'
import { CopyWithKey } from './copy-with-key'
import { type Language, snippets } from './snippets'

const languages = [
  { value: 'python', label: 'Python', install: 'pip install ./sdk/python' },
  { value: 'typescript', label: 'TypeScript', install: 'npm install ../trackside/sdk/typescript' },
] as const

export type FirstLinesProps = {
  workspace: string
  project: string
  /** Otherwise it is made along with the key. */
  projectExists: boolean
  host: string
  mayLog: boolean
}

export function FirstLines({ workspace, project, projectExists, host, mayLog }: FirstLinesProps) {
  const [language, setLanguage] = useState<Language>('python')
  const [key, setKey] = useState<string>()
  const lines = (secret: string) => snippets[language]({ key: secret, host, workspace, project })
  return (
    <>
      <p className="mt-1 text-ink-2">
        Runs appear here once a script calls <Code>init()</Code>. After{' '}
        <Code>{languages.find(each => each.value === language)?.install ?? ''}</Code> in a clone of Trackside, paste:
      </p>
      <CodeBlock
        className="mt-3"
        code={lines(key ? `${key.slice(0, 8)}…${key.slice(-4)}` : 'your key')}
        head={languages.map(each => (
          <Button
            key={each.value}
            size="small"
            look="quiet"
            aria-pressed={each.value === language}
            onClick={() => setLanguage(each.value)}
            className="aria-pressed:bg-press aria-pressed:text-ink"
          >
            {each.label}
          </Button>
        ))}
        action={
          mayLog ? (
            <CopyWithKey
              workspace={workspace}
              project={projectExists ? undefined : project}
              made={key}
              onMade={setKey}
              text={lines}
            />
          ) : (
            <span className="t-small pr-1.5 text-ink-3">A viewer makes no runs</span>
          )
        }
      />
    </>
  )
}

function Code({ children }: { children: string }) {
  return <code className="text-[12px] text-ink">{children}</code>
}
