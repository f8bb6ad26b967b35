import { text } from '../catalog/bilingual.ts';
import type { Lang } from '../catalog/text.ts';
import { lessonIn } from './lesson.ts';

const ours = text('phần thêm của dự án', 'added by this project');

/** The lesson as CommonMark, in one language. */
export function lessonMarkdown(lang: Lang): string {
  const { title, credit, sections } = lessonIn(lang);
  const blocks = [
    `# ${escapeMarkdown(title)}`,
    `*${escapeMarkdown(credit)}*`,
    ...sections.flatMap((section) => [
      `## ${escapeMarkdown(section.heading)}${section.ours ? ` (${ours[lang]})` : ''}`,
      ...section.blocks.map((block) =>
        block.type === 'paragraph'
          ? escapeMarkdown(block.text)
          : block.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n'),
      ),
    ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Plain text as CommonMark that renders as that text, in one paragraph, heading or list item. */
export function escapeMarkdown(plain: string): string {
  return plain
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]<>|~]|&(?=#?\w+;)|!(?=\[)/g, String.raw`\$&`)
    .replace(/^[-+#]/, String.raw`\$&`)
    .replace(/^(\d{1,9})([.)])/, String.raw`$1\$2`)
    .replace(/ (#+)$/, String.raw` \$1`);
}
