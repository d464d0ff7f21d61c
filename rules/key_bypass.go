package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// PP007 reports grants by which a principal can read the keys of an account on
// which it has only a limited role for data: with a key the limit is gone.
var PP007 = add("PP007", func(p *Pass) {
	p.bypasses(p.reportBypass)
})

// keyed is a resource type whose keys open all of its data.
type keyed struct {
	resourceType string
	list         string   // the operation that hands out the keys
	off          []string // the switch that turns the keys off
	offValue     bool
	data         string // what data actions of the service begin with
}

var keyedTypes = []keyed{
	{"Microsoft.Storage/storageAccounts", "Microsoft.Storage/storageAccounts/listKeys/action", []string{"allowSharedKeyAccess"}, false, "Microsoft.Storage/storageAccounts/"},
	{"Microsoft.DocumentDB/databaseAccounts", "Microsoft.DocumentDB/databaseAccounts/listKeys/action", []string{"disableLocalAuth"}, true, "Microsoft.DocumentDB/databaseAccounts/"},
	{"Microsoft.AppConfiguration/configurationStores", "Microsoft.AppConfiguration/configurationStores/ListKeys/action", []string{"disableLocalAuth"}, true, "Microsoft.AppConfiguration/configurationStores/"},
	{"Microsoft.CognitiveServices/accounts", "Microsoft.CognitiveServices/accounts/listKeys/action", []string{"disableLocalAuth"}, true, "Microsoft.CognitiveServices/accounts/"},
	{"Microsoft.Search/searchServices", "Microsoft.Search/searchServices/listAdminKeys/action", []string{"disableLocalAuth"}, true, "Microsoft.Search/searchServices/"},
	{"Microsoft.ServiceBus/namespaces", "Microsoft.ServiceBus/namespaces/authorizationRules/listKeys/action", []string{"disableLocalAuth"}, true, "Microsoft.ServiceBus/namespaces/"},
	{"Microsoft.EventHub/namespaces", "Microsoft.EventHub/namespaces/authorizationRules/listKeys/action", []string{"disableLocalAuth"}, true, "Microsoft.EventHub/namespaces/"},
	{"Microsoft.SignalRService/signalR", "Microsoft.SignalRService/signalR/listKeys/action", []string{"disableLocalAuth"}, true, "Microsoft.SignalRService/SignalR/"},
}

// bypass is a pair of grants: a role for data on an account, and another by
// which its keys can be read.
type bypass struct {
	keyed
	account        *eval.Resource
	limited, other held
}

func (p *Pass) bypasses(report func(bypass)) {
	for _, h := range p.Access.Holders() {
		if len(h.Grants) > 1 {
			p.bypassesOf(h, report)
		}
	}
}

func (p *Pass) bypassesOf(h *facts.Holder, report func(bypass)) {
	roles(h, func(limited held) bool {
		account := p.Unit.Deployment.Lookup(limited.g.Scope)
		k, ok := keyedOf(account)
		if !ok || !limitedTo(limited, k) || p.keysOff(account, k) {
			return true
		}
		roles(h, func(other held) bool {
			if !other.allows(k.list) || !other.reaches(account.ID()) || !p.leftToPaths(other) || !together(other.g.Resource.When, limited.g.Resource.When) {
				return true
			}
			report(bypass{k, account, limited, other})
			return false
		})
		return true
	})
}

func keyedOf(r *eval.Resource) (keyed, bool) {
	if r == nil || r.Existing {
		return keyed{}, false
	}
	for _, k := range keyedTypes {
		if r.Is(k.resourceType) {
			return k, true
		}
	}
	return keyed{}, false
}

// limitedTo tells whether the role is for data of the account only, and hands
// out no keys itself.
func limitedTo(h held, k keyed) bool {
	if h.allows(k.list) {
		return false
	}
	for _, b := range h.role.Blocks() {
		for _, a := range b.DataActions {
			if hasPrefixFold(a, k.data) {
				return true
			}
		}
	}
	return false
}

// keysOff tells whether the keys of the account are, or may be, turned off, by
// any of its declarations: a template may deploy it twice.
func (p *Pass) keysOff(account *eval.Resource, k keyed) bool {
	for r := range p.deployed {
		if value.FoldEqual(r.Type, account.Type) && resourceid.Key(r.ID()) == resourceid.Key(account.ID()) && turnsKeysOff(r, k) {
			return true
		}
	}
	return turnsKeysOff(account, k)
}

func turnsKeysOff(account *eval.Resource, k keyed) bool {
	props := account.Get("properties")
	if !closed(props) {
		return props.Kind != value.Missing
	}
	on := props.Get(k.off...)
	b, known := on.Bool()
	return !on.IsNull() && (!known || b == k.offValue)
}

func (p *Pass) reportBypass(b bypass) {
	account, limited, other := b.account, b.limited, b.other
	f := grantFinding(other.g, other.role)
	f.Message = fmt.Sprintf("%s can read the keys of '%s' ('%s' allows '%s'), and so does not need its role '%s' there: keys open all data",
		who(other.g), called(account), other.role.Name(), b.list, limited.role.Name())
	f.Flow = []Related{
		{roleAt(limited.g), "'" + limited.role.Name() + "' limits what it may do with the data"},
		{roleAt(other.g), "'" + other.role.Name() + "' lets it read the keys on " + where(other.g)},
		{spot(account, append([]string{"properties"}, b.off...)...), "the keys of '" + called(account) + "' are not turned off"},
	}
	f.Related = append([]Related{f.Flow[0], f.Flow[2]}, f.Related...)
	p.report("bypass", f)
}
