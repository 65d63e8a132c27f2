using System.CommandLine;
using System.Globalization;
using Experiments.Cli.Api;

namespace Experiments.Cli.Commands;

/// <summary><c>experiments rollback VERSION</c>.</summary>
internal static class RollbackCommand
{
    public static Command Create(CommandHost host)
    {
        var version = new Argument<string>("VERSION") { Description = "The version to go back to; list versions names them" };
        version.Validators.Add(static result => VersionText.Check(result));
        Option<string?> note = ChangeOptions.Note();
        Option<bool> yes = ChangeOptions.Yes();
        Option<bool> dryRun = ChangeOptions.DryRun();
        return host.With(
            new Command("rollback", "Publishes what an earlier version held: shows the changes, asks, and makes them") { version, note, yes, dryRun },
            async context =>
            {
                string number = context.Value(version);
                string environmentName = context.RequireEnvironmentName();
                var change = new ReviewedChange(context, context.Value(yes), context.Value(dryRun))
                {
                    Question = $"Roll {environmentName} back to version {number}?",
                    IsMadeWithoutChanges = true,
                    Done = $"rolled back to version {number}",
                    SendAsync = Sender(context, number, context.Value(note), await context.FindEnvironmentIdAsync()),
                };
                return await change.RunAsync();
            });
    }

    private static Func<bool, string?, Task<ApiAnswer>> Sender(
        CommandContext context, string version, string? note, string environmentId) => (isDryRun, etag) => context.Api.SendAsync(
            HttpMethod.Post,
            new Query($"environments/{Uri.EscapeDataString(environmentId)}/rollback"),
            ApiBody.Of(writer =>
            {
                writer.WriteNumber("version", long.Parse(version, NumberStyles.None, CultureInfo.InvariantCulture));
                if (note is not null)
                {
                    writer.WriteString("note", note);
                }

                writer.WriteBoolean("dryRun", isDryRun);
            }),
            context.Cancellation,
            etag);
}
