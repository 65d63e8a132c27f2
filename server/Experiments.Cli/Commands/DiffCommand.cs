using System.CommandLine;
using Experiments.Cli.Api;

namespace Experiments.Cli.Commands;

/// <summary><c>experiments diff</c>.</summary>
internal static class DiffCommand
{
    public static Command Create(CommandHost host)
    {
        var from = new Option<string>("--from")
        {
            Description = "A version, or live for the one that is published",
            HelpName = "N|live",
            DefaultValueFactory = static _ => VersionText.Live,
        };
        from.Validators.Add(static result => VersionText.Check(result, VersionText.Live));
        var to = new Option<string>("--to")
        {
            Description = "A version, live, or draft for what is not published yet",
            HelpName = "N|live|draft",
            DefaultValueFactory = static _ => VersionText.Draft,
        };
        to.Validators.Add(static result => VersionText.Check(result, VersionText.Live, VersionText.Draft));
        var exitCode = new Option<bool>("--exit-code") { Description = "End with 1 where there are differences" };
        return host.With(
            new Command("diff", "Shows what differs between two versions, or between live and draft") { from, to, exitCode },
            async context =>
            {
                string environmentId = await context.FindEnvironmentIdAsync();
                Query path = new Query($"environments/{Uri.EscapeDataString(environmentId)}/diff")
                    .With("from", context.Value(from)).With("to", context.Value(to));
                ApiAnswer answer = await context.Api.GetAsync(path, context.Cancellation);
                context.Write(answer.Json, terminal => terminal.WriteText(answer.Text("text")));
                return ChangeAnswer.CountOf(answer) > 0 && context.Value(exitCode) ? ExitCode.Refused : ExitCode.Fine;
            });
    }
}
