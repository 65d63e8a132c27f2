using System.CommandLine;
using Experiments.Cli.Api;

namespace Experiments.Cli.Commands;

/// <summary><c>experiments publish</c>.</summary>
internal static class PublishCommand
{
    public static Command Create(CommandHost host)
    {
        Option<string?> note = ChangeOptions.Note();
        Option<bool> dryRun = ChangeOptions.DryRun();
        return host.With(new Command("publish", "Publishes an environment as it is now") { note, dryRun }, async context =>
        {
            string environmentId = await context.FindEnvironmentIdAsync();
            HttpContent body = ApiBody.Of(writer =>
            {
                if (context.Value(note) is { } text)
                {
                    writer.WriteString("note", text);
                }

                writer.WriteBoolean("dryRun", context.Value(dryRun));
            });
            ApiAnswer answer = await context.Api.SendAsync(
                HttpMethod.Post, new Query($"environments/{Uri.EscapeDataString(environmentId)}/publish"), body, context.Cancellation);
            context.Write(answer.Json, terminal =>
            {
                PublishedVersion.Write(terminal, answer);
                terminal.WriteText(answer.Text("text"));
            });
            return ExitCode.Fine;
        });
    }
}
