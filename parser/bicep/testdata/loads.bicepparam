using 'types.bicep'

var list = loadYamlContent('list.yaml')

param both = [loadTextContent('note.txt'), list.sizes[1]]
param any = loadJsonContent('data.json', '$.items[1].b')
param length = int(loadJsonContent('data.json').items[0])
param branch = { pairs: loadYamlContent('list.yaml', '$.pairs'), first: loadFileAsBase64('note.txt'), key: string(loadDirectoryFileInfo('.', 'n*.txt')) }
