import * as v from 'valibot';
import type { Lang } from '../catalog/text.ts';
import data from './lesson.json' with { type: 'json' };
import { LessonSchema, type Lesson, type LocalLesson } from './schema.ts';

/** What the lesson teaches, in the project's own words. */
export const lesson: Lesson = v.parse(LessonSchema, data);

/** The lesson in one language. */
export function lessonIn(lang: Lang): LocalLesson {
  return {
    lang,
    title: lesson.title[lang],
    origin: lesson.origin,
    credit: lesson.credit[lang],
    sections: lesson.sections.map(({ id, heading, ours, blocks }) => ({
      id,
      heading: heading[lang],
      ours,
      blocks: blocks.map((block) =>
        block.type === 'paragraph'
          ? { type: block.type, text: block.text[lang] }
          : { type: block.type, items: block.items.map((item) => item[lang]) },
      ),
    })),
  };
}
