import { Problem } from '#api/http/problem.ts';

/** Why a file is not taken: each reason with what a person can do about it. */

type Said = { zh: string; en: string };

export const REFUSALS = {
  empty: { zh: '文件是空的。', en: 'The file is empty.' },
  'wrong-ending': {
    zh: '文件名的后缀与内容不符。请用原来的程序打开，另存为正确的格式后再上传。',
    en: 'The end of the file’s name is not what the file is. Open it in its program, save it in the right format, and upload that.',
  },
  html: {
    zh: '这是网页文件。请打印或另存为 PDF 后再上传。',
    en: 'This is a web page. Print it to PDF, and upload that.',
  },
  svg: {
    zh: '这是 SVG 或 XML 文件，里面可能带有程序。请导出为 PNG 或 PDF 后再上传。',
    en: 'This is an SVG or XML file, which may hold programs. Export it as PNG or PDF, and upload that.',
  },
  program: { zh: '这是可执行程序，不能作为佐证材料。', en: 'This is a program; it is no evidence.' },
  macros: {
    zh: '文件带有宏或控件。请另存为不带宏的 .docx、.xlsx 或 .pptx 后再上传。',
    en: 'The file has macros or controls. Save it without them as .docx, .xlsx or .pptx, and upload that.',
  },
  encrypted: {
    zh: '文件设有密码，核实的人打不开。请去掉密码后再上传。',
    en: 'The file has a password, so nobody who reviews it could open it. Remove the password, and upload it again.',
  },
  'old-office': {
    zh: '这是旧的 Office 格式（.doc、.xls、.ppt）。请另存为 .docx、.xlsx、.pptx 或 PDF 后再上传。',
    en: 'This is an old Office format (.doc, .xls, .ppt). Save it as .docx, .xlsx, .pptx or PDF, and upload that.',
  },
  archive: {
    zh: '这是压缩包。请解压后把里面的文件逐个上传。',
    en: 'This is an archive. Unpack it, and upload the files in it one by one.',
  },
  heic: {
    zh: '这是 HEIC 照片，多数电脑打不开。请在手机的相机设置里改为“兼容性最佳”，或另存为 JPEG 后再上传。',
    en: 'This is a HEIC photo, which most computers cannot open. Set the phone’s camera to “most compatible”, or save it as JPEG, and upload that.',
  },
  'two-in-one': {
    zh: '文件里藏着另一种文件。请用原来的程序打开，另存一份后再上传。',
    en: 'Another kind of file is hidden in this one. Open it in its program, save it anew, and upload that.',
  },
  bomb: {
    zh: '文件展开后过大，打开它会拖垮别人的电脑。请另存一份，或转为 PDF 后再上传。',
    en: 'The file is far too large once it is unpacked, and could harm the computer of whoever opens it. Save it anew, or as PDF, and upload that.',
  },
  broken: {
    zh: '文件不完整或已损坏。请打开确认，另存一份后再上传。',
    en: 'The file is incomplete or damaged. Open it to make sure, save it anew, and upload that.',
  },
  other: {
    zh: '不收这种文件。请上传 PDF、图片（JPEG、PNG、WebP）或 Office 文件（docx、xlsx、pptx）。',
    en: 'Files of this kind are not taken. Upload PDF, a picture (JPEG, PNG, WebP) or an Office file (docx, xlsx, pptx).',
  },
  quota: {
    zh: '本单位的佐证材料已占满空间。请与组织部联系。',
    en: 'The files of this unit have used up their space. Ask the organisation department.',
  },
  slow: {
    zh: '上传太慢，已中断。请在网络好的地方再试，或把文件改小。',
    en: 'The upload came too slowly and was ended. Try again on a better network, or make the file smaller.',
  },
} as const satisfies Record<string, Said>;

export type RefusalCode = keyof typeof REFUSALS;

/** A file that is not taken. */
export class FileRefused extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode) {
    super(REFUSALS[code].en);
    this.code = code;
  }
}

/** In the person's language, with a code that programs can tell apart. */
export const refusedProblem = (code: RefusalCode, language: 'zh' | 'en'): Problem =>
  new Problem('invalid', REFUSALS[code][language], { members: { code } });

export const tooLargeProblem = (bytes: number, language: 'zh' | 'en'): Problem => {
  const mb = Math.floor(bytes / 1024 / 1024);
  const detail =
    language === 'zh'
      ? `文件超过 ${mb} MB。请压缩图片，或把扫描件分成几份后再上传。`
      : `The file is larger than ${mb} MB. Make its pictures smaller, or upload it in parts.`;
  return new Problem('too-large', detail, { members: { code: 'too-large' } });
};
