package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// identityTargets are the resource types that Service Connector can connect to
// with a managed identity; those that begin with one of them count too.
// https://learn.microsoft.com/azure/service-connector/how-to-manage-authentication
var identityTargets = [...]string{
	"Microsoft.AppConfiguration/configurationStores",
	"Microsoft.DBforMySQL/flexibleServers",
	"Microsoft.DBforPostgreSQL/flexibleServers",
	"Microsoft.DocumentDB/databaseAccounts",
	"Microsoft.EventHub/namespaces",
	"Microsoft.ServiceBus/namespaces",
	"Microsoft.SignalRService/SignalR",
	"Microsoft.SignalRService/webPubSub",
	"Microsoft.Sql/servers",
	"Microsoft.Storage/storageAccounts/blobServices",
	"Microsoft.Storage/storageAccounts/queueServices",
}

// secretConnection reports a connection with a secret to a service that takes
// identities.
func (p *Pass) secretConnection(r *eval.Resource) {
	target := r.Get("properties", "targetService", "id")
	if target.Kind == value.Missing {
		target = r.Get("properties", "targetId")
	}
	id, ok := resourceid.Parse(target)
	if !ok || !takesIdentity(id.Type) {
		return
	}
	how := r.Get("properties", "authInfo", "authType")
	for _, alt := range firing(how, signsInWithSecret) {
		p.report("secret", Finding{
			At: valueAt(r, how, "properties", "authInfo", "authType"), Resource: r, Path: "properties.authInfo.authType", When: alt.When,
			Message: fmt.Sprintf("the connection '%s' signs in with %s, though a resource of the type '%s' takes managed identities: use 'systemAssignedIdentity' or 'userAssignedIdentity'",
				lastName(r), secretOf(alt.Value), id.Type),
			Related: because(r, "the way of signing in", "properties", "authInfo", "authType"),
		})
	}
}

func takesIdentity(resourceType string) bool {
	for _, t := range identityTargets {
		if len(resourceType) >= len(t) && value.FoldEqual(resourceType[:len(t)], t) && (len(resourceType) == len(t) || resourceType[len(t)] == '/') {
			return true
		}
	}
	return false
}

func signsInWithSecret(v value.Value) bool { return secretOf(v) != "" }

// secretOf names the secret of a way to sign in; "" if it takes none.
func secretOf(v value.Value) string {
	switch s, _ := v.Str(); value.Fold(s) {
	case "secret":
		return "a password"
	case "accesskey":
		return "an access key"
	case "serviceprincipalsecret":
		return "a client secret"
	}
	return ""
}

// everyTopic reports a binding that lets all clients of an Event Grid
// namespace publish or subscribe to all topics.
func (p *Pass) everyTopic(r *eval.Resource) {
	group := r.Get("properties", "clientGroupName")
	if s, ok := group.Str(); !ok || s != "$all" {
		return
	}
	parent, ok := resourceid.Parse(facts.OwnerID(r))
	if !ok {
		return
	}
	names := append(parent.Names[:len(parent.Names):len(parent.Names)], r.Get("properties", "topicSpaceName"))
	space := p.Unit.Deployment.Lookup(resourceid.Join(parent.Scope, "Microsoft.EventGrid/namespaces/topicSpaces", names))
	if space == nil || space.Existing {
		return
	}
	templates, _ := places(space.Body(), "properties.topicTemplates[]")
	for _, t := range templates {
		if s, ok := t.Value.Str(); !ok || s != "#" || t.Offered || !together(t.When, space.When, r.When) {
			continue
		}
		p.report("wide", Finding{
			At: valueAt(r, group, "properties", "clientGroupName"), Resource: r, Path: "properties.clientGroupName", When: t.When,
			Message: fmt.Sprintf("all clients of the namespace may use all topics: the topic space '%s' holds '#'; bind a client group to the topics that it needs", lastName(space)),
			Related: []Related{{valueAt(space, t.Value, "properties", "topicTemplates"), "'#' is every topic"}},
		})
		return
	}
}
