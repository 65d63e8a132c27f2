using Experiments.Cli.Api;

namespace Experiments.Cli.Commands;

/// <summary>What is said after a resource was changed.</summary>
internal static class ChangedResource
{
    public static void Write(CommandContext context, ApiAnswer answer, string sentence)
    {
        context.Write(answer.Json, terminal => terminal.WriteText(sentence));
        WarnIfNotPublished(context, answer);
    }

    public static void WarnIfNotPublished(CommandContext context, ApiAnswer answer)
    {
        if (answer.Publish is { IsAttempted: true, IsSucceeded: false } publish)
        {
            // The change stands, and the server goes on trying.
            context.Terminal.Say($"stored, but not published yet: {publish.Error ?? "no reason given"}");
        }
    }
}
