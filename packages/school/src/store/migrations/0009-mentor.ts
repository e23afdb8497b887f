import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Conversations with the mentor, and who answers. Nothing of it is evidence; all of it can be deleted. */
export const mentor: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('mentor_conversations')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('skill', 'text')
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('mode', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('mentor_conversations_learner')
      .on('mentor_conversations')
      .columns(['learner_id', 'updated_at'])
      .execute();
    await db.schema
      .createTable('mentor_messages')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('conversation_id', 'text', (column) =>
        column.notNull().references('mentor_conversations.id'),
      )
      .addColumn('turn', 'bigint', (column) => column.notNull())
      .addColumn('mode', 'text', (column) => column.notNull())
      .addColumn('issue_id', 'text')
      .addColumn('question', 'text', (column) => column.notNull())
      .addColumn('work', 'text')
      .addColumn('answered_by', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('sent', 'text')
      .addColumn('input_tokens', 'bigint', (column) => column.notNull())
      .addColumn('output_tokens', 'bigint', (column) => column.notNull())
      .addColumn('cost_micros', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('ended_at', 'bigint')
      .execute();
    await db.schema
      .createIndex('mentor_messages_conversation')
      .on('mentor_messages')
      .columns(['conversation_id', 'turn'])
      .execute();
    await db.schema
      .createIndex('mentor_messages_learner')
      .on('mentor_messages')
      .columns(['learner_id', 'created_at'])
      .execute();
    await db.schema
      .createIndex('mentor_messages_created')
      .on('mentor_messages')
      .column('created_at')
      .execute();
    await db.schema
      .createTable('mentor_events')
      .addColumn('message_id', 'text', (column) => column.notNull().references('mentor_messages.id'))
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('mentor_events_pk', ['message_id', 'seq'])
      .execute();
    await db.schema.createIndex('mentor_events_learner').on('mentor_events').column('learner_id').execute();
    await db.schema
      .createTable('mentor_choices')
      .addColumn('learner_id', 'text', (column) => column.notNull().primaryKey().references('learners.id'))
      .addColumn('answers', 'text', (column) => column.notNull())
      .addColumn('provider', 'text')
      .addColumn('model', 'text')
      .addColumn('sealed_key', 'text')
      .addColumn('tested_at', 'bigint')
      .addColumn('test_failure', 'text')
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
