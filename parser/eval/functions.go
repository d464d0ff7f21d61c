package eval

import "github.com/rolecall/rolecall/parser/value"

// functions is the function table, sorted by name. It is filled by init
// because its entries call back into the evaluator, which reads the table.
//
// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions
var functions []function

func init() { functions = functionTable() }

func functionTable() []function {
	const (
		anyT = value.TypeAny
		str  = value.TypeString
		num  = value.TypeInt
		boo  = value.TypeBool
		arr  = value.TypeArray
		obj  = value.TypeObject
	)
	return []function{
		{"add", 2, 2, num, known, arithmetic},
		{"and", 2, -1, boo, special, and},
		{"array", 1, 1, arr, partial, toArray},
		{"base64", 1, 1, str, known, base64},
		{"base64tojson", 1, 1, anyT, known, base64ToJSON},
		{"base64tostring", 1, 1, str, known, base64ToString},
		{"bool", 1, 1, boo, known, toBool},
		{"builduri", 1, 1, str, known, buildURI},
		{"cidrhost", 2, 2, str, known, cidrHost},
		{"cidrsubnet", 3, 3, str, known, cidrSubnet},
		{"coalesce", 1, -1, anyT, special, coalesce},
		{"concat", 1, -1, anyT, partial, concat},
		{"contains", 2, 2, boo, partial, contains},
		{"copyindex", 0, 2, num, special, copyIndex},
		{"createarray", 0, -1, arr, partial, createArray},
		{"createobject", 0, -1, obj, partial, createObject},
		{"datauri", 1, 1, str, known, dataURI},
		{"datauritostring", 1, 1, str, known, dataURIToString},
		{"datetimeadd", 2, 3, str, known, dateTimeAdd},
		{"datetimefromepoch", 1, 1, str, known, dateTimeFromEpoch},
		{"datetimetoepoch", 1, 1, num, known, dateTimeToEpoch},
		{"deployer", 0, 0, obj, special, deployer},
		{"deployment", 0, 0, obj, special, deployment},
		{"distinct", 1, 1, arr, known, distinct},
		{"div", 2, 2, num, known, arithmetic},
		{"empty", 1, 1, boo, partial, empty},
		{"endswith", 2, 2, boo, partial, startsEndsWith},
		{"environment", 0, 0, obj, special, environment},
		{"equals", 2, 2, boo, partial, equals},
		{"extensionresourceid", 3, -1, str, partial, extensionResourceID},
		{"extensions", 1, 1, anyT, special, target},
		{"externalinputs", 1, 1, anyT, known, opaque},
		{"fail", 1, 1, anyT, known, fail},
		{"false", 0, 0, boo, known, constant(value.False)},
		{"filter", 2, 2, arr, special, filter},
		{"first", 1, 1, anyT, partial, firstLast},
		{"flatten", 1, 1, arr, partial, flatten},
		{"float", 1, 1, anyT, known, toFloat},
		{"format", 1, -1, str, partial, format},
		{"getroleassignmentname", 1, 1, str, known, roleAssignmentName},
		{"greater", 2, 2, boo, known, compare},
		{"greaterorequals", 2, 2, boo, known, compare},
		{"groupby", 2, 3, obj, special, groupBy},
		{"guid", 1, -1, str, partial, guid},
		{"if", 3, 3, anyT, special, choose},
		{"indexfromend", 2, 2, anyT, known, indexFromEnd},
		{"indexof", 2, 2, num, known, indexOfValue},
		{"int", 1, 1, num, known, toInt},
		{"intersection", 2, -1, anyT, known, intersection},
		{"items", 1, 1, arr, known, items},
		{"join", 2, 2, str, partial, join},
		{"json", 1, 1, anyT, known, parseJSON},
		{"lambda", 1, -1, anyT, special, strayLambda},
		{"lambdavariables", 1, 1, anyT, known, lambdaVariables},
		{"last", 1, 1, anyT, partial, firstLast},
		{"lastindexof", 2, 2, num, known, indexOfValue},
		{"length", 1, 1, num, partial, length},
		{"less", 2, 2, boo, known, compare},
		{"lessorequals", 2, 2, boo, known, compare},
		{"like", 2, 2, boo, known, like},
		{"managementgroup", 0, 0, obj, special, managementGroup},
		{"managementgroupresourceid", 2, -1, str, partial, managementGroupResourceID},
		{"map", 2, 2, arr, special, mapArray},
		{"mapvalues", 2, 2, obj, special, mapValues},
		{"max", 1, -1, num, known, minMax},
		{"min", 1, -1, num, known, minMax},
		{"mod", 2, 2, num, known, arithmetic},
		{"mul", 2, 2, num, known, arithmetic},
		{"newguid", 0, 0, str, special, newGUID},
		{"not", 1, 1, boo, partial, not},
		{"null", 0, 0, anyT, known, constant(value.Nil)},
		{"objectkeys", 1, 1, arr, known, objectKeys},
		{"or", 2, -1, boo, special, or},
		{"padleft", 2, 3, str, known, padLeft},
		{"parameters", 1, 1, anyT, partial, parameters},
		{"parsecidr", 1, 1, obj, known, parseCIDR},
		{"parseuri", 1, 1, obj, known, parseURI},
		{"pickzones", 3, 5, arr, known, opaque},
		{"providers", 1, 2, anyT, known, opaque},
		{"range", 2, 2, arr, known, rangeOf},
		{"reduce", 3, 3, anyT, special, reduce},
		{"reference", 1, 3, anyT, partial, reference},
		{"references", 1, 2, arr, partial, references},
		{"replace", 3, 3, str, partial, replace},
		{"resourcegroup", 0, 0, obj, special, resourceGroup},
		{"resourceid", 2, -1, str, partial, resourceID},
		{"resourceinfo", 1, 1, obj, partial, resourceInfo},
		{"roledefinitions", 1, 1, obj, partial, roleDefinitions},
		{"shallowmerge", 1, 1, obj, partial, shallowMerge},
		{"skip", 2, 2, anyT, partial, takeSkip},
		{"sort", 2, 2, arr, special, sortArray},
		{"split", 2, 2, arr, partial, split},
		{"startswith", 2, 2, boo, partial, startsEndsWith},
		{"string", 1, 1, str, partial, toString},
		{"sub", 2, 2, num, known, arithmetic},
		{"subscription", 0, 0, obj, special, subscription},
		{"subscriptionresourceid", 2, -1, str, partial, subscriptionResourceID},
		{"substring", 2, 3, str, partial, substring},
		{"take", 2, 2, anyT, partial, takeSkip},
		{"target", 0, 1, anyT, special, target},
		{"tenant", 0, 0, obj, special, tenant},
		{"tenantresourceid", 2, -1, str, partial, tenantResourceID},
		{"tolower", 1, 1, str, partial, changeCase},
		{"toobject", 2, 3, obj, special, toObject},
		{"toupper", 1, 1, str, partial, changeCase},
		{"trim", 1, 1, str, known, trim},
		{"true", 0, 0, boo, known, constant(value.True)},
		{"tryget", 2, -1, anyT, partial, tryGet},
		{"tryindexfromend", 2, 2, anyT, known, indexFromEnd},
		{"union", 1, -1, anyT, partial, union},
		{"uniquestring", 1, -1, str, partial, uniqueString},
		{"uri", 2, 2, str, partial, uri},
		{"uricomponent", 1, 1, str, known, uriComponent},
		{"uricomponenttostring", 1, 1, str, known, uriComponentToString},
		{"utcnow", 0, 1, str, special, utcNow},
		{"variables", 1, 1, anyT, partial, variables},
	}
}

func constant(v value.Value) func(*call) value.Value {
	return func(*call) value.Value { return v }
}

// opaque is a function whose result only Azure knows.
func opaque(c *call) value.Value { return runtimeCall(c, c.fn.returns) }
