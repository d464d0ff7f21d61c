// Types that have no name of their own, and names of symbols.
type pair = [
  string
  @minValue(1)
  int
]
type size = sys.int
type names = 'a' | 'b'
type one = 'z'
type more = 'c' | names | one | 'a' | null
type tree = {
  pairs: pair[]
  first: pair[0]
  @secure()
  key: sys.string
}

param both pair = ['a', 1]
param length size = 1
param any names = 'b'
param some more | 'd'
param branch tree?
param point tree.first = 'x'

resource store 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: 'store'

  resource blobs 'blobServices' existing = {
    name: 'default'
  }
}

output names array = [nameof(store), nameof(store::blobs), nameof(store.properties.primaryEndpoints), nameof(both[0]), nameof(store['tags'])]
