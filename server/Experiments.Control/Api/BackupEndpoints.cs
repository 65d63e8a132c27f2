using System.Globalization;
using Experiments.Control.Storage;
using Experiments.Control.Storage.Archive;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Experiments.Control.Api;

/// <summary>All that the store holds, while the server runs.</summary>
internal static class BackupEndpoints
{
    private const string MediaType = "application/gzip";

    // Of a host that has not said where.
    private static readonly BackupSpool s_elsewhere = new(directory: null);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/backup", BackUpAsync).WithTags("Operations")
        .WithSummary("Answers all that the store holds at one moment, as an archive that `experiments restore` takes")
        .Produces(StatusCodes.Status200OK, contentType: MediaType).ProducesErrors(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> BackUpAsync(IDefinitionStore store, TimeProvider time, ILogger<BackupSpool> logger, HttpContext http)
    {
        // Through a file: a client that reads slowly must not hold up those who write, and one that stops in the middle must not take a part for the whole.
        FileStream spool = (http.RequestServices.GetService<BackupSpool>() ?? s_elsewhere).Open(logger);
        try
        {
            StoreArchiveSummary summary = await StoreArchive.WriteAsync(store, spool, http.RequestAborted);
            spool.Position = 0;
            http.Response.Headers["x-archive-records"] = summary.Records.ToString(CultureInfo.InvariantCulture);
            http.Response.Headers["x-archive-sha256"] = summary.Sha256;
            return TypedResults.Stream(spool, MediaType, $"experiments-{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}.ndjson.gz");
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }
}
