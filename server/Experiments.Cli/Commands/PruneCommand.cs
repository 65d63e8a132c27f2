using System.CommandLine;
using System.Text.Json;
using Experiments.Cli.Api;

namespace Experiments.Cli.Commands;

/// <summary><c>experiments prune-snapshots</c>.</summary>
internal static class PruneCommand
{
    public static Command Create(CommandHost host)
    {
        Option<int?> versions = Limit("--keep-versions", "Keep that many of the newest snapshots, the live one counted");
        Option<int?> days = Limit("--keep-days", "Keep what another version took the place of in the last days");
        Option<bool> yes = ChangeOptions.Yes();
        Option<bool> dryRun = ChangeOptions.DryRun();
        var command = new Command("prune-snapshots", "Deletes old snapshots from the snapshot store, never the live one, what is newer, or what was live less than ten minutes ago: shows them, asks, and deletes them. Rolling back to them still works")
        {
            versions, days, yes, dryRun,
        };
        command.Validators.Add(result =>
        {
            // Not their values: the options are checked after this, and to get a value that does not parse throws.
            if (result.GetResult(versions) is not { Implicit: false } && result.GetResult(days) is not { Implicit: false })
            {
                result.AddError($"say what stays: {versions.Name} N, {days.Name} N, or both; what either keeps stays");
            }
        });
        return host.With(command, async context =>
        {
            string environmentName = context.RequireEnvironmentName();
            var change = new ReviewedChange(context, context.Value(yes), context.Value(dryRun))
            {
                Question = $"Delete these snapshots of {environmentName}?",
                Done = "deleted old snapshots",
                SendAsync = Sender(context, context.Value(versions), context.Value(days), await context.FindEnvironmentIdAsync()),
            };
            return await change.RunAsync();
        });
    }

    private static Option<int?> Limit(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out int value) || value < 1))
            {
                result.AddError($"{name} must be a whole number of at least 1 and at most {int.MaxValue}, not \"{token.Value}\"");
            }
        });
        return option;
    }

    private static Func<bool, string?, Task<ApiAnswer>> Sender(CommandContext context, int? versions, int? days, string environmentId)
    {
        // What is deleted is what was shown, whatever is published in between.
        long? shown = null;
        return async (isDryRun, _) =>
        {
            ApiAnswer answer = await context.Api.SendAsync(
                HttpMethod.Post,
                new Query($"environments/{Uri.EscapeDataString(environmentId)}/versions/prune"),
                ApiBody.Of(writer =>
                {
                    Write(writer, "keepVersions", versions);
                    Write(writer, "keepDays", days);
                    Write(writer, "upTo", shown);
                    writer.WriteBoolean("dryRun", isDryRun);
                }),
                context.Cancellation,
                null);
            shown ??= answer.Json.Items("deleted").Select(static one => one.Number("version")).Max();
            return answer;
        };
    }

    private static void Write(Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }
}
