using System.CommandLine;
using Experiments.Cli.Api;
using Experiments.Cli.Input;

namespace Experiments.Cli.Commands;

/// <summary><c>experiments apply -f FILE</c>.</summary>
internal static class ApplyCommand
{
    public static Command Create(CommandHost host)
    {
        var file = new Option<string>("--file", "-f")
        {
            Description = "A .yaml, .yml or .json file as export writes it; - is standard input",
            HelpName = "FILE",
            Required = true,
        };
        var prune = new Option<bool>("--prune") { Description = "Also remove what the file does not name" };
        Option<bool> yes = ChangeOptions.Yes();
        Option<bool> dryRun = ChangeOptions.DryRun();
        return host.With(
            new Command("apply", "Makes an environment what a file says: shows the changes, asks, and makes them") { file, prune, yes, dryRun },
            async context =>
            {
                var change = new ReviewedChange(context, context.Value(yes), context.Value(dryRun))
                {
                    Question = $"Apply this to {context.RequireEnvironmentName()}?",
                    Done = "applied",
                    SendAsync = await SenderAsync(context, context.Value(file)!, context.Value(prune)),
                };
                return await change.RunAsync();
            });
    }

    private static async Task<Func<bool, string?, Task<ApiAnswer>>> SenderAsync(CommandContext context, string path, bool isPrune)
    {
        // Read once: what is made is what was shown, even where the file changes meanwhile.
        FileContent content = await FileContent.ReadAsync(path, context.Cancellation);
        string environmentId = await context.FindEnvironmentIdAsync();
        return (isDryRun, etag) => context.Api.SendAsync(
            HttpMethod.Post,
            new Query($"environments/{Uri.EscapeDataString(environmentId)}/apply")
                .With("dryRun", isDryRun ? "true" : null)
                .With("prune", isPrune ? "true" : null),
            ApiBody.Of(content),
            context.Cancellation,
            etag);
    }
}
