using Experiments.Cli.Api;

namespace Experiments.Cli.Commands;

/// <summary>A change that is shown before it is made: a dry run, a question, and then the change of exactly what was shown.</summary>
internal sealed class ReviewedChange(CommandContext context, bool isYes, bool isDryRun)
{
    /// <summary>What is asked.</summary>
    public required string Question { get; init; }

    /// <summary>What is said afterwards, before the number of changes.</summary>
    public required string Done { get; init; }

    /// <summary>Whether it is worth making where the definitions do not change: a rollback publishes what is not live.</summary>
    public bool IsMadeWithoutChanges { get; init; }

    /// <summary>Sends it: whether only to try, and the state it is meant for.</summary>
    public required Func<bool, string?, Task<ApiAnswer>> SendAsync { get; init; }

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        bool asks = !isYes && !isDryRun;
        if (asks && !context.Terminal.CanAsk)
        {
            throw CliException.Usage("nobody can be asked here, for standard input is no terminal: add --yes, or --dry-run to only look");
        }

        ApiAnswer preview = await SendAsync(true, null);
        long count = ChangeAnswer.CountOf(preview);
        ShowText(preview, asks);
        if (isDryRun || (count == 0 && !IsMadeWithoutChanges))
        {
            WriteJson(preview);
            context.Terminal.Say(count == 0 ? "no changes" : $"{ChangeAnswer.Describe(count)}, not made: this is a dry run");
            return ExitCode.Fine;
        }

        if (asks && !await context.Terminal.AskAsync($"{Question} ({ChangeAnswer.Describe(count)})", context.Cancellation))
        {
            context.Terminal.Say("nothing was changed");
            return ExitCode.Refused;
        }

        ApiAnswer answer = await MakeAsync(preview.ETag);
        WriteJson(answer);
        if (!context.Json)
        {
            PublishedVersion.Write(context.Terminal, answer);
        }

        context.Terminal.Say($"{Done}: {ChangeAnswer.Describe(count)}");
        ChangedResource.WarnIfNotPublished(context, answer);
        return ExitCode.Fine;
    }

    private async Task<ApiAnswer> MakeAsync(string? etag)
    {
        try
        {
            return await SendAsync(false, etag);
        }
        catch (CliException exception) when (exception.IsStale)
        {
            throw new CliException(
                ExitCode.Conflict, $"the environment was changed in the meantime, so nothing was done; look again: {exception.Message}", exception);
        }
    }

    /// <summary>Whoever is asked must see it, even where standard output is for JSON.</summary>
    private void ShowText(ApiAnswer preview, bool asks)
    {
        if (!context.Json)
        {
            context.Terminal.WriteText(preview.Text("text"));
        }
        else if (asks)
        {
            context.Terminal.SayText(preview.Text("text"));
        }
    }

    private void WriteJson(ApiAnswer answer)
    {
        if (context.Json)
        {
            context.Terminal.WriteJson(answer.Json);
        }
    }
}
