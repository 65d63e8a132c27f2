using System.CommandLine;
using System.Text.Json;
using Experiments.Cli.Api;
using Experiments.Cli.Stores;
using Experiments.Control.Storage;
using Experiments.Control.Storage.Archive;

namespace Experiments.Cli.Commands;

/// <summary><c>experiments backup</c>, <c>restore</c> and <c>migrate-store</c>.</summary>
internal static class StoreCommands
{
    public static Command CreateBackup(CommandHost host)
    {
        var output = new Option<string>("--output", "-o") { Description = "The file to write; one that is there is replaced once the new one is whole", HelpName = "FILE", Required = true };
        return host.With(
            new Command("backup", "Writes all that the server's store holds, while it runs, to a file that restore takes") { output },
            async context =>
            {
                string path = context.Value(output)!;
                string part = path + ".part";
                await using (FileStream file = Open(part, "write", File.Create))
                {
                    try
                    {
                        await DownloadAsync(context, file);
                    }
                    catch
                    {
                        File.Delete(part);
                        throw;
                    }
                }

                File.Move(part, path, overwrite: true);
                context.Terminal.Say($"wrote {path}");
                return ExitCode.Fine;
            },

            // The server answers nothing before it has all of it, which takes as long as the store is large.
            waits: true);
    }

    public static Command CreateRestore(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "That backup has written" };
        Option<string> to = StoreOption("--to", "The store to fill, which must be empty; no server may use it if it is LiteDB");
        return host.With(
            new Command("restore", "Fills an empty store with all that a backup holds, or with nothing") { file, to },
            async context =>
            {
                await using FileStream archive = Open(context.Value(file), "read", File.OpenRead);
                return Report(
                    context, "restored",
                    await TargetStore.FillAsync(context.Value(to)!, target => StoreMove.RestoreAsync(archive, target, context.Cancellation)));
            });
    }

    public static Command CreateMigrate(CommandHost host)
    {
        Option<string> from = StoreOption("--from", "The store to read; it stays as it is. Stop its servers first");
        Option<string> to = StoreOption("--to", "The store to fill, which must be empty");
        return host.With(
            new Command("migrate-store", "Moves all definitions, versions and the audit log from one store to another, and compares both by their hash") { from, to },
            async context =>
            {
                await using IDefinitionStore source = StoreAddress.Open(context.Value(from)!, mustExist: true);
                return Report(
                    context, "moved",
                    await TargetStore.FillAsync(context.Value(to)!, target => StoreMove.MoveAsync(source, target, context.Cancellation)));
            });
    }

    // What is not whole is found out now, and not on the day when it is needed.
    private static async Task DownloadAsync(CommandContext context, FileStream file)
    {
        await context.Api.DownloadAsync(new Query("backup"), "gzip", file, context.Cancellation);
        try
        {
            StoreArchive.Check(file, context.Cancellation);
        }
        catch (InvalidDataException fault)
        {
            throw new CliException(ExitCode.Refused, $"the server's answer is no whole backup, so nothing was written: {fault.Message}", fault);
        }
    }

    private static Option<string> StoreOption(string name, string description) => new(name)
    {
        Description = $"{description}. postgres alone takes the connection string from {StoreAddress.PostgresVariable}", HelpName = StoreAddress.HelpName, Required = true,
    };

    private static FileStream Open(string path, string verb, Func<string, FileStream> open)
    {
        try
        {
            return open(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(ExitCode.Usage, $"cannot {verb} \"{path}\": {exception.Message}", exception);
        }
    }

    private static int Report(CommandContext context, string verb, StoreArchiveSummary summary)
    {
        context.Write(
            JsonSerializer.SerializeToElement(new Dictionary<string, object>(StringComparer.Ordinal) { ["records"] = summary.Records, ["sha256"] = summary.Sha256 }),
            terminal => terminal.Out.WriteLine($"{verb} {summary.Records} records, sha256 {summary.Sha256}"));
        return ExitCode.Fine;
    }
}
