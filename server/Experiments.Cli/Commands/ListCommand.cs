using System.CommandLine;
using System.Text.Json;
using Experiments.Cli.Output;
using Experiments.Cli.Resources;

namespace Experiments.Cli.Commands;

/// <summary><c>experiments list flags</c> and the like.</summary>
internal static class ListCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command("list", "Lists what an environment holds");
        foreach (ResourceKind kind in ResourceKinds.All)
        {
            command.Add(CreateFor(kind, host));
        }

        return command;
    }

    private static Command CreateFor(ResourceKind kind, CommandHost host)
    {
        var tag = new Option<string?>("--tag") { Description = "Only those with this tag", HelpName = "TAG", Hidden = !kind.HasTags };
        var search = new Option<string?>("--search")
        {
            Description = $"Only those with this text in their {string.Join(", ", kind.Searched)}, in any case",
            HelpName = "TEXT",
        };
        var status = new Option<string?>("--status")
        {
            Description = $"Only those that are one of {string.Join(", ", kind.Statuses)}",
            HelpName = "STATUS",
            Hidden = kind.Statuses.Count == 0,
        };
        var limit = new Option<int?>("--limit") { Description = "At most this many", HelpName = "N" };
        limit.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out int number) || number < 1))
            {
                result.AddError("--limit must be a whole number from 1 on");
            }
        });
        string place = kind.IsOfEnvironment ? "of an environment" : "of the server";
        return host.With(new Command(kind.Plural, $"Lists the {kind.Plural} {place}") { tag, search, status, limit }, async context =>
        {
            var filter = new ResourceFilter(context.Value(tag), context.Value(search), context.Value(status));
            filter.Check(kind);
            Write(context, kind, await ReadAsync(context, kind, filter, context.Value(limit) ?? int.MaxValue));
            return ExitCode.Fine;
        });
    }

    private static async Task<List<JsonElement>> ReadAsync(CommandContext context, ResourceKind kind, ResourceFilter filter, int limit)
    {
        string? environmentId = kind.IsOfEnvironment ? await context.FindEnvironmentIdAsync() : null;
        var items = new List<JsonElement>();
        await foreach (JsonElement item in ResourceList.ReadAsync(context.Api, kind, environmentId, filter, context.Cancellation))
        {
            items.Add(item);
            if (items.Count == limit)
            {
                break;
            }
        }

        return items;
    }

    private static void Write(CommandContext context, ResourceKind kind, List<JsonElement> items)
    {
        if (context.Json)
        {
            context.Terminal.WriteJson(items);
            return;
        }

        var table = new TextTable([.. kind.Columns.Select(static column => column.Header)]);
        foreach (JsonElement item in items)
        {
            table.Add(kind.Columns.Select(column => column.Read(item)));
        }

        table.Write(context.Terminal);
    }
}
