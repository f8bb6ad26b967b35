import * as v from 'valibot';
import { type DeepReadonly, LangSchema, TextSchema } from '../catalog/text.ts';

const name = v.pipe(v.string(), v.nonEmpty());

/** Source of the lesson. */
const OriginSchema = v.strictObject({
  author: name,
  course: name,
  chapter: name,
  lesson: v.pipe(v.number(), v.integer()),
  title: name,
});

const lessonSchema = <T extends typeof TextSchema | typeof name>(words: T) =>
  v.strictObject({
    title: words,
    origin: OriginSchema,
    credit: words,
    sections: v.array(
      v.strictObject({
        id: name,
        heading: words,
        ours: v.pipe(v.boolean(), v.description('Added by this project; not in the lesson.')),
        blocks: v.array(
          v.variant('type', [
            v.strictObject({ type: v.literal('paragraph'), text: words }),
            v.strictObject({ type: v.literal('list'), items: v.array(words) }),
          ]),
        ),
      }),
    ),
  });

/** The lesson in both languages. */
export const LessonSchema = lessonSchema(TextSchema);

/** The lesson in both languages: sections of paragraphs and lists, in plain text. */
export type Lesson = DeepReadonly<v.InferOutput<typeof LessonSchema>>;

/** The lesson in one language. */
export const LocalLessonSchema = v.strictObject({
  lang: LangSchema,
  ...lessonSchema(name).entries,
});

/** The lesson in one language. */
export type LocalLesson = DeepReadonly<v.InferOutput<typeof LocalLessonSchema>>;
