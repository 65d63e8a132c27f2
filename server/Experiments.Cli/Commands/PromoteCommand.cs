using System.CommandLine;
using System.Text.Json;
using Experiments.Cli.Api;
using Experiments.Cli.Resources;

namespace Experiments.Cli.Commands;

/// <summary><c>experiments promote --to ENV</c>.</summary>
internal static class PromoteCommand
{
    public static Command Create(CommandHost host)
    {
        var to = new Option<string>("--to") { Description = "The environment that gets them", HelpName = "ENV", Required = true };
        var flags = new Option<string[]>("--flag") { Description = "A flag's key; may be repeated", HelpName = "KEY" };
        var experiments = new Option<string[]>("--experiment") { Description = "An experiment's key; may be repeated", HelpName = "KEY" };
        Option<bool> yes = ChangeOptions.Yes();
        Option<bool> dryRun = ChangeOptions.DryRun();
        return host.With(
            new Command("promote", "Copies flags and experiments to another environment, all of them where none is named: shows the changes, asks, and makes them")
            {
                to, flags, experiments, yes, dryRun,
            },
            async context =>
            {
                string from = context.RequireEnvironmentName();
                string target = context.Value(to)!;
                string targetId = await EnvironmentLookup.FindIdAsync(context.Api, target, context.Cancellation);
                var change = new ReviewedChange(context, context.Value(yes), context.Value(dryRun))
                {
                    Question = $"Promote from {from} to {target}?",
                    Done = $"promoted to {target}",
                    SendAsync = Sender(context, await context.FindEnvironmentIdAsync(), targetId, context.Value(flags), context.Value(experiments)),
                };
                return await change.RunAsync();
            });
    }

    private static Func<bool, string?, Task<ApiAnswer>> Sender(
        CommandContext context, string environmentId, string to, string[]? flags, string[]? experiments) =>
        (isDryRun, etag) => context.Api.SendAsync(
            HttpMethod.Post,
            new Query($"environments/{Uri.EscapeDataString(environmentId)}/promote"),
            ApiBody.Of(writer =>
            {
                writer.WriteString("to", to);
                // Whoever names a flag means no experiment, so the other list is there too, and empty.
                if (flags is { Length: > 0 } || experiments is { Length: > 0 })
                {
                    WriteKeys(writer, "flags", flags);
                    WriteKeys(writer, "experiments", experiments);
                }

                writer.WriteBoolean("dryRun", isDryRun);
            }),
            context.Cancellation,
            etag);

    private static void WriteKeys(Utf8JsonWriter writer, string name, string[]? keys)
    {
        writer.WriteStartArray(name);
        foreach (string key in keys ?? [])
        {
            writer.WriteStringValue(key);
        }

        writer.WriteEndArray();
    }
}
