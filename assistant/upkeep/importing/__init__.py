"""Published texts (text, HTML, GOV.UK Content API, DOCX, PDF) turned into publications in Markdown.

sources, readers, confined    a file read within its limits, into lines or into blocks
furniture                     contents, page headers and page numbers dropped
recognise, headings           which publication it is, and where its headings stand
paragraphs, notes, sections   lines joined, numbers kept, notes put where they are referred to
markdown, words               the file that is written, and whether every word is in it
drafts                        drafts written, accepted, and reported on
"""
