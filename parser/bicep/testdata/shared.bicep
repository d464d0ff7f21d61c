@export()
var kinds = [base, 'ba92f5b4-2d11-453d-a403-e96b0029c9fe']
var base = 'b24988ac-6180-42a0-ab88-20f7382dd24c'
@export()
var defaults = { env: 'dev' }
@export()
func nameOf(x string) string => 'n-${x}'
