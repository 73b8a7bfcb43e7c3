'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId } from 'react'
import { Button } from '@/ui/kit/button'
import { Dialog, DialogContent, DialogTrigger } from '@/ui/kit/dialog'
import { Field } from '@/ui/kit/field'
import { Input } from '@/ui/kit/input'
import { useTRPC } from '@/ui/trpc/client'

export function NewProjectDialog({ workspace }: { workspace: string }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const router = useRouter()
  const form = useId()
  const create = useMutation(
    trpc.projects.create.mutationOptions({
      onSuccess: async project => {
        await client.invalidateQueries(trpc.projects.list.queryFilter({ workspace }))
        router.push(`/${workspace}/${project.slug}`)
      },
    }),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    create.mutate({ workspace, name: String(new FormData(event.currentTarget).get('name')).trim() })
  }
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button>New project</Button>
      </DialogTrigger>
      <DialogContent
        title="New project"
        footer={
          <Button type="submit" form={form} look="main" disabled={create.isPending}>
            Create the project
          </Button>
        }
      >
        <form id={form} onSubmit={submit}>
          <Field label="Name" hint="Scripts log to it by this name" error={create.error?.message}>
            {wiring => <Input {...wiring} name="name" required maxLength={500} autoFocus autoComplete="off" />}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  )
}
